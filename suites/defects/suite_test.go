// Package defects tells which defects of the reference service show themselves
// without any fault: it plays health-steady and the contract suite against each
// of them. Those that show nothing are what the scenarios are for (suites/kills).
//
//	make contract-defects
//
// RUNPROOF_BINARY, RUNPROOF_DEFECTS and RUNPROOF_CONTRACT name the command, a
// service built with the tag "defects" and the compiled contract suite; each is
// built where it is not set.
package defects_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"

	"github.com/runproof/runproof/fixtures/child"
)

// buildDeadline bounds three builds from a cold cache.
const buildDeadline = 10 * time.Minute

// runproof is the command, service the reference with its defects, contract
// the contract suite.
var runproof, service, contract string

func TestDefects(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "defects")
}

var _ = SynchronizedBeforeSuite(func(SpecContext) []byte {
	paths := [3]string{os.Getenv("RUNPROOF_BINARY"), os.Getenv("RUNPROOF_DEFECTS"), os.Getenv("RUNPROOF_CONTRACT")}
	var err error
	if paths[0] == "" {
		paths[0], err = gexec.Build("github.com/runproof/runproof/cmd/runproof")
		Expect(err).NotTo(HaveOccurred())
	}
	if paths[1] == "" {
		paths[1], err = gexec.Build("github.com/runproof/runproof/cmd/event-service", "-tags", "defects")
		Expect(err).NotTo(HaveOccurred())
	}
	if paths[2] == "" {
		paths[2] = filepath.Join(GinkgoT().TempDir(), "contract.test")
		build := exec.Command("go", "test", "-c", "-o", paths[2], "github.com/runproof/runproof/suites/contract")
		build.Env = os.Environ()
		text, err := build.CombinedOutput()
		Expect(err).NotTo(HaveOccurred(), "%s", text)
	}
	text, err := json.Marshal(paths)
	Expect(err).NotTo(HaveOccurred())
	return text
}, func(_ SpecContext, text []byte) {
	var paths [3]string
	Expect(json.Unmarshal(text, &paths)).To(Succeed())
	runproof, service, contract = paths[0], paths[1], paths[2]
	Expect(withoutSpec(listed(service))).To(BeEmpty(), "defects of the service that no spec tries")
}, NodeTimeout(buildDeadline))

var _ = SynchronizedAfterSuite(func() {}, func() { gexec.CleanupBuildArtifacts() })

// defect is what "event-service defects --output json" says of one.
type defect struct {
	Name   string `json:"name"`
	Family string `json:"family"`
	Breaks string `json:"breaks"`
	Latent bool   `json:"latent"`
}

// listed asks a service for its defects.
func listed(binary string) []defect {
	GinkgoHelper()
	text, err := child.Command(binary, "defects", "--output", "json").Output()
	Expect(err).NotTo(HaveOccurred())
	var list []defect
	Expect(json.Unmarshal(text, &list)).To(Succeed())
	Expect(len(list)).To(BeNumerically(">=", 45))
	return list
}

// broken writes a program that is the service with one defect.
func broken(name string) string {
	GinkgoHelper()
	path := filepath.Join(GinkgoT().TempDir(), "event-service")
	script := fmt.Sprintf("#!/bin/sh\nexec '%s' --defect '%s' \"$@\"\n", service, name)
	Expect(os.WriteFile(path, []byte(script), 0o755)).To(Succeed())
	return path
}
