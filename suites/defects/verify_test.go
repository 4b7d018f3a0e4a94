package defects_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios/ledger"
)

// trialTimeout bounds the trial of one defect: its scenarios side by side.
const trialTimeout = 5 * time.Minute

// verify runs the command on a target, and reads what it left.
func verify(ctx SpecContext, target string, names []string) ledger.RunResult {
	GinkgoHelper()
	out := GinkgoT().TempDir()
	cmd := exec.Command(runproof, append([]string{"verify", "--stack", "processes", "--out", out}, names...)...)
	cmd.Env = append(os.Environ(), "RUNPROOF_TARGET="+target)
	session, err := gexec.Start(cmd, GinkgoWriter, GinkgoWriter)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(func() { session.Interrupt().Wait(time.Minute) })
	Eventually(ctx, session).WithTimeout(trialTimeout).Should(gexec.Exit())
	files, err := filepath.Glob(filepath.Join(out, "*", "result.json"))
	Expect(err).NotTo(HaveOccurred())
	Expect(files).To(HaveLen(1), "one bundle")
	text, err := os.ReadFile(files[0])
	Expect(err).NotTo(HaveOccurred())
	result, err := reports.Parse(text)
	Expect(err).NotTo(HaveOccurred())
	Expect(result.Results).To(HaveLen(len(names)))
	return result
}

func find(name string) defect {
	GinkgoHelper()
	list := listed(service)
	i := slices.IndexFunc(list, func(d defect) bool { return d.Name == name })
	Expect(i).To(BeNumerically(">=", 0), "the service has no defect %q", name)
	return list[i]
}

// withoutSpec lists the defects that have no spec.
func withoutSpec(list []defect) []string {
	var none []string
	for _, d := range list {
		if !slices.Contains(names, d.Name) {
			none = append(none, d.Name)
		}
	}
	return none
}
