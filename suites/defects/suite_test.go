// Package defects puts the suite itself on trial: the reference service is
// broken on purpose, in one way at a time, and the scenarios of the claim that
// a defect breaks must fail, and say so of that claim. A suite that passes a
// broken service proves nothing about a sound one.
//
//	make defects            the scenarios
//	make contract-defects   the contract suite, without any fault
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
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"
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
		text, err := exec.Command("go", "test", "-c", "-o", paths[2], "github.com/runproof/runproof/suites/contract").CombinedOutput()
		Expect(err).NotTo(HaveOccurred(), "%s", text)
	}
	text, err := json.Marshal(paths)
	Expect(err).NotTo(HaveOccurred())
	return text
}, func(_ SpecContext, text []byte) {
	var paths [3]string
	Expect(json.Unmarshal(text, &paths)).To(Succeed())
	runproof, service, contract = paths[0], paths[1], paths[2]
	Expect(missing(listed(service))).To(BeEmpty(), "defects of the service that no spec tries")
}, NodeTimeout(buildDeadline))

var _ = SynchronizedAfterSuite(func() {}, func() { gexec.CleanupBuildArtifacts() })

// defect is what "event-service defects --output json" says of one.
type defect struct {
	Name   string `json:"name"`
	Family string `json:"family"`
	Breaks string `json:"breaks"`
	Quiet  bool   `json:"quiet"`
}

// listed asks a service for its defects.
func listed(binary string) []defect {
	GinkgoHelper()
	text, err := exec.Command(binary, "defects", "--output", "json").Output()
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

// row is a line of the kill matrix.
type row struct {
	Defect   defect            `json:"defect"`
	Verdicts map[string]string `json:"verdicts"` // by scenario
	CaughtBy []string          `json:"caught_by"`
}

// rowOf reads a row from a report entry: a value in the process that made it,
// JSON in the one that reports for all.
func rowOf(entry types.ReportEntry) row {
	if r, ok := entry.GetRawValue().(row); ok {
		return r
	}
	var r row
	if err := json.Unmarshal([]byte(entry.Value.AsJSON), &r); err != nil {
		return row{Defect: defect{Name: "unreadable: " + err.Error()}}
	}
	return r
}

// The kill matrix, as far as it was played.
var _ = ReportAfterSuite("kill matrix", func(report Report) {
	var rows []row
	for _, spec := range report.SpecReports.WithState(types.SpecStatePassed | types.SpecStateFailed) {
		for _, entry := range spec.ReportEntries {
			if entry.Name == "kills" {
				rows = append(rows, rowOf(entry))
			}
		}
	}
	if len(rows) == 0 {
		return
	}
	slices.SortFunc(rows, func(a, b row) int {
		return strings.Compare(a.Defect.Family+a.Defect.Name, b.Defect.Family+b.Defect.Name)
	})
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\nDEFECT\tFAMILY\tBREAKS\tHEALTH-STEADY\tCAUGHT BY")
	caught := 0
	for _, r := range rows {
		by := "a later scenario's business"
		if len(r.CaughtBy) > 0 {
			by = strings.Join(r.CaughtBy, " ")
			caught++
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", r.Defect.Name, r.Defect.Family, r.Defect.Breaks, r.Verdicts["health-steady"], by)
	}
	_ = table.Flush()
	fmt.Printf("%d of %d defects caught by the scenarios of their claims\n", caught, len(rows))
})
