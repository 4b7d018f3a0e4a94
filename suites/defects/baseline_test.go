package defects_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"

	"github.com/runproof/runproof/reports/codec"
	"github.com/runproof/runproof/reports/compare"
	"github.com/runproof/runproof/scenarios/judge"
)

// comparedScenarios are few, and of different dependencies.
var comparedScenarios = []string{"database-refused", "redis-refused", "health-steady", "creation-invalid"}

// comparedWithHonest plays a target beside the honest service, and reads what is said
// of the two.
func comparedWithHonest(ctx SpecContext, target string) (code int, c compare.Comparison) {
	GinkgoHelper()
	out := GinkgoT().TempDir()
	cmd := exec.Command(runproof, append([]string{"verify", "--stack", "processes", "--baseline", service, "--out", out}, comparedScenarios...)...)
	cmd.Env = append(os.Environ(), "RUNPROOF_TARGET="+target)
	session, err := gexec.Start(cmd, GinkgoWriter, GinkgoWriter)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(func() { session.Interrupt().Wait(time.Minute) })
	Eventually(ctx, session).WithTimeout(trialTimeout).Should(gexec.Exit())
	files, err := filepath.Glob(filepath.Join(out, "*", "compare.json"))
	Expect(err).NotTo(HaveOccurred())
	Expect(files).To(HaveLen(1), "one comparison")
	text, err := os.ReadFile(files[0])
	Expect(err).NotTo(HaveOccurred())
	Expect(codec.Unmarshal(text, &c)).To(Succeed())
	Expect(c.Interleaved).To(BeTrue())
	return session.ExitCode(), c
}

// Without the tag's flag the service is the honest one.
var _ = Describe("A build beside the honest one", Label("baseline"), func() {
	It("is named with the scenarios and the claims that it breaks, and no others", func(ctx SpecContext) {
		code, c := comparedWithHonest(ctx, broken("ready-without-database"))
		var scenarios, claims, others []string
		for _, change := range c.Changes {
			switch {
			case change.Weight == compare.Regression && change.Kind == compare.OfScenario:
				scenarios = append(scenarios, change.Scenario)
			case change.Weight == compare.Regression && change.Kind == compare.OfClaim:
				claims = append(claims, change.Claim)
			case change.Weight == compare.Regression && change.Kind != compare.OfFinding:
				others = append(others, change.Subject())
			}
		}
		Expect(code).To(Equal(judge.ExitFailed))
		Expect(scenarios).To(ConsistOf("database-refused"))
		Expect(claims).To(ConsistOf("database.symptom.health-failing", "database.resolution.pool-status"))
		Expect(others).To(BeEmpty())
	})

	It("is not called worse if it is the same", func(ctx SpecContext) {
		code, c := comparedWithHonest(ctx, service)
		Expect(c.Headline).To(HavePrefix("Go: "))
		Expect(code).To(Equal(judge.ExitPassed))
	})
})
