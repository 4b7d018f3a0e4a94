package defects_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// trialTimeout bounds the trial of one defect: its scenarios side by side.
const trialTimeout = 5 * time.Minute

var _ = Describe("The service with a defect", func() {
	for _, name := range names {
		It(name, func(ctx SpecContext) {
			d := find(name)
			proving := provers(d.Breaks)
			result := verify(ctx, broken(name), append([]string{"health-steady"}, proving...))
			r := row{Defect: d, Verdicts: map[string]string{}}
			for _, s := range result.Results {
				r.Verdicts[s.Scenario] = string(s.Verdict)
				if breaks(s, d.Breaks) {
					r.CaughtBy = append(r.CaughtBy, s.Scenario)
				}
			}
			AddReportEntry("kills", r, ReportEntryVisibilityNever)
			for _, s := range result.Results {
				Expect(s.Verdict).To(BeElementOf(scenarios.Passed, scenarios.Failed), "%s: %s", s.Scenario, s.Reason)
			}
			if d.Quiet {
				Expect(r.Verdicts).To(HaveKeyWithValue("health-steady", "Passed"), "a quiet defect shows itself under a fault only")
			}
			if len(proving) > 0 && !slices.Contains(later, name) {
				Expect(r.CaughtBy).NotTo(BeEmpty(), "no scenario that proves %s is failed by this defect", d.Breaks)
			}
		}, SpecTimeout(trialTimeout))
	}
})

// provers lists the scenarios that prove a claim.
func provers(claim string) []string {
	var list []string
	for _, s := range symptoms.All() {
		if s.ID != "health-steady" && slices.Contains(s.Claims(), claim) {
			list = append(list, s.ID)
		}
	}
	return list
}

// breaks says whether a scenario failed, and found this very claim broken.
func breaks(r scenarios.Result, claim string) bool {
	return r.Verdict == scenarios.Failed && slices.ContainsFunc(r.Claims, func(c scenarios.ClaimOutcome) bool {
		return c.Claim == claim && c.State == scenarios.ClaimBroken
	})
}

// verify runs the command on a target, and reads what it left.
func verify(ctx SpecContext, target string, names []string) scenarios.RunResult {
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
	var result scenarios.RunResult
	Expect(json.Unmarshal(text, &result)).To(Succeed())
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

// missing lists the defects that have no spec.
func missing(list []defect) []string {
	var none []string
	for _, d := range list {
		if !slices.Contains(names, d.Name) {
			none = append(none, d.Name)
		}
	}
	return none
}
