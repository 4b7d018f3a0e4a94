package harness_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"
	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/fixtures/guard"
	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/fixtures/profile"
	"github.com/runproof/runproof/fixtures/stack"
	"github.com/runproof/runproof/fixtures/target"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// foreignDir holds a service that nobody wrote for this suite, with its profile.
const foreignDir = "../../fixtures/target/testdata/python"

// nodeDir holds another, in Node without packages.
const nodeDir = "../../fixtures/target/testdata/node"

// needsNode skips a spec at home, and fails it in CI, where Node is not there.
func needsNode() {
	GinkgoHelper()
	if _, err := exec.LookPath("node"); err == nil {
		return
	}
	if os.Getenv("CI") != "" {
		Fail("node is missing; .ci/setup tests installs it")
	}
	Skip("node is missing; .ci/setup tests installs it")
}

// needsPython skips a spec at home, and fails it in CI, where the packages of the foreign
// service are not there.
func needsPython() {
	GinkgoHelper()
	try := exec.Command("/usr/bin/python3", "-c", "import psycopg2, redis")
	try.Env = []string{}
	if try.Run() == nil {
		return
	}
	if os.Getenv("CI") != "" {
		Fail("python3-psycopg2 and python3-redis are missing; .ci/setup tests installs them")
	}
	Skip("python3-psycopg2 and python3-redis are missing; .ci/setup tests installs them")
}

// foreignScenarios are those that are played in CI; with all of those in the file, the
// spec takes minutes.
var foreignScenarios = []string{"health-steady", "database-refused", "venue-down", "service-restart", "environment-database-url", "cache-hits"}

// deviations reads what was written down in a directory, before or when it was found: the
// claims that are to be FALSE in the scenarios played, or in any where none are named.
func deviations(dir string, played ...string) []string {
	GinkgoHelper()
	text, err := os.ReadFile(filepath.Join(dir, "deviations.yaml"))
	Expect(err).NotTo(HaveOccurred())
	type deviation struct {
		What  string              `yaml:"what"`
		False map[string][]string `yaml:"false"`
	}
	var file struct {
		Deviations []deviation `yaml:"deviations"`
		Found      []deviation `yaml:"found"`
	}
	Expect(yaml.Unmarshal(text, &file)).To(Succeed())
	var claims []string
	for _, d := range slices.Concat(file.Deviations, file.Found) {
		Expect(d.What).NotTo(BeEmpty())
		for scenario, list := range d.False {
			if len(played) == 0 || slices.Contains(played, scenario) {
				claims = append(claims, list...)
			}
		}
	}
	slices.Sort(claims)
	return slices.Compact(claims)
}

// foreignRow is a row of the ledger of a run against a foreign service.
type foreignRow struct {
	ID             string              `json:"id"`
	Verdict        ledger.ClaimVerdict `json:"verdict"`
	Reason         string              `json:"reason"`
	CounterExample string              `json:"counterExample"`
}

// verifyForeign plays against the foreign service of a directory, which is to fail, and
// returns the ledger with what was printed.
func verifyForeign(dir string, args ...string) (rows []foreignRow, printed string) {
	GinkgoHelper()
	out := GinkgoT().TempDir()
	session := command(nil, append([]string{"verify", "--stack", "processes", "--out", out, "--target", "reference",
		"--profile", filepath.Join(dir, "profile.yaml")}, args...)...)
	Eventually(session, specTimeout).Should(gexec.Exit(judge.ExitFailed))
	files, err := filepath.Glob(filepath.Join(out, "*", "result.json"))
	Expect(err).NotTo(HaveOccurred())
	Expect(files).To(HaveLen(1))
	text, err := os.ReadFile(files[0])
	Expect(err).NotTo(HaveOccurred())
	var result struct {
		Ledger  []foreignRow                                 `json:"ledger"`
		Results []struct{ Scenario, Verdict, Reason string } `json:"results"`
	}
	Expect(json.Unmarshal(text, &result)).To(Succeed())
	for _, r := range result.Results {
		Expect(r.Verdict).NotTo(Equal(string(judge.Broken)), "%s: %s", r.Scenario, r.Reason)
	}
	return result.Ledger, string(session.Out.Contents())
}

// expectFalse holds a ledger against what was written down to be FALSE. On an overloaded
// host a claim may stay undecided. It is never TRUE then, and no other is FALSE.
func expectFalse(rows []foreignRow, predicted []string) {
	GinkgoHelper()
	found := 0
	for _, row := range rows {
		switch {
		case row.Verdict == ledger.False:
			Expect(predicted).To(ContainElement(row.ID), "FALSE, and not written down: %s", row.Reason)
			found++
		case slices.Contains(predicted, row.ID):
			Expect(row.Verdict).To(Equal(ledger.Untested), "%s was written down to be FALSE", row.ID)
		}
	}
	Expect(found).To(BeNumerically(">", len(predicted)/2), "%v were written down", predicted)
}

var _ = Describe("A service in another language", func() {
	// By hand: take a claim out of deviations.yaml, or mend one in app.py or server.js.
	DescribeTable("deviates as was written down beforehand", func(_ SpecContext, dir string, needs func()) {
		needs()
		rows, printed := verifyForeign(dir, foreignScenarios...)
		expectFalse(rows, deviations(dir, foreignScenarios...))
		Expect(printed).To(And(
			ContainSubstring("Deviations from the runbook, with nothing broken"), ContainSubstring("not asked of this target")))
	},
		Entry("in Python", Label("foreign"), SpecTimeout(specTimeout), foreignDir, needsPython),
		Entry("in Node", Label("foreign"), SpecTimeout(specTimeout), nodeDir, needsNode),
	)
})

// hostile is the profile of a service that is badly behaved in one way.
func hostile(mode string) (target.Binary, profile.Profile) {
	GinkgoHelper()
	dir, err := filepath.Abs("../../fixtures/target/testdata/hostile")
	Expect(err).NotTo(HaveOccurred())
	second := profile.Duration(time.Second)
	p := profile.Profile{
		Name: mode, Contract: profile.ContractNone, Dir: dir,
		Start: profile.Start{
			Command:  []string{"/usr/bin/python3", "service.py", mode, "${host}", "${port}"},
			Timeouts: profile.Timeouts{Start: 5 * second, Ready: 3 * second, Stop: second},
		},
		Health: profile.Health{
			Live:  profile.Check{Path: "/up"},
			Ready: profile.Check{Path: "/up", Field: "state", Up: []string{"up"}},
		},
		Routes:   map[string]string{"POST /api/v1/events": "POST /x", "GET /api/v1/events": "GET /x", "GET /api/v1/events/{id}": "GET /x/{id}"},
		Headers:  profile.Headers{Tenant: "X-Org"},
		Create:   profile.Body{Body: map[string]any{"name": "${name}"}},
		Answer:   profile.Answer{ID: "id"},
		Database: profile.Database{Name: "for_" + strings.ReplaceAll(mode, "-", "_"), Role: "of_" + strings.ReplaceAll(mode, "-", "_")},
		Runbook:  profile.Runbook{Service: "localhost:3003", Venue: "venue-service:3002"},
	}
	Expect(p.Validate()).To(Succeed())
	binary, err := target.Command(p.Start.Command, dir)
	Expect(err).NotTo(HaveOccurred())
	return binary, p
}

// isUp wants nothing but an answer of the service's own path.
func isUp() scenarios.Scenario {
	return scenarios.Scenario{
		ID: "is-up", Title: "the service is up", Section: "Health Checks", Severity: scenarios.P3, Budget: time.Minute,
		Steady: []scenarios.Expectation{
			scenarios.GET("/up").Answers(200).By(5 * time.Second).Times(3).Proves("health.endpoints.live"),
		},
	}
}

var _ = Describe("A badly behaved service", Label("foreign"), Ordered, ContinueOnFailure, func() {
	var g *guard.Guard
	var s stack.Stack
	BeforeAll(func(ctx SpecContext) { g, s = newStack(ctx) }, NodeTimeout(specTimeout))
	gets := func(mode string, verdict judge.Verdict, reason string, labels ...string) {
		It("gets the verdict that it deserves, and nothing of it is left: "+mode, Label(labels...), SpecTimeout(specTimeout), func(ctx SpecContext) {
			binary, its := hostile(mode)
			shared, err := lane.NewTestbed(ctx, g, s, binary, its)
			Expect(err).NotTo(HaveOccurred())
			b := bench{guard: g, stack: s, testbed: shared}
			played, handshake := lane.Adapt(its, isUp())
			Expect(handshake.Support).To(Equal(lane.Supported), handshake.Reason())
			result := b.play(ctx, played, scenarios.Verify, nil)
			Expect(result.Verdict).To(Equal(verdict), result.Reason)
			Expect(result.Reason).To(ContainSubstring(reason))
			Expect(result.Reason).NotTo(ContainSubstring("\n"))
			Expect(processesOf(mode)).To(BeEmpty())
		})
	}
	// The rest are like another, and are played by make foreign alone.
	gets("well", judge.Passed, "")
	gets("ends-at-once", judge.Failed, "exit code 7 before it listened: no licence was found")
	gets("never-listens", judge.Failed, "not listening within 5s", "rest")
	gets("listens-elsewhere", judge.Failed, "not listening within 5s", "rest")
	gets("never-ready", judge.Failed, "not ready within 3s")
	gets("answers-500", judge.Failed, "not ready within 3s", "rest")
	gets("garbage", judge.Failed, "not ready within 3s")
	gets("redirects", judge.Failed, "302", "rest")
	gets("not-json", judge.Failed, "not JSON", "rest")
	gets("huge", judge.Failed, "not ready within 3s", "rest")
	gets("one-byte-a-second", judge.Failed, "not ready within 3s")
	gets("dies-at-the-third", judge.Failed, "exited")
	gets("forks", judge.Passed, "", "rest")
	gets("ignores-sigterm", judge.Passed, "")
	gets("floods-its-log", judge.Passed, "")
	gets("logs-no-text", judge.Passed, "", "rest")
})

// processesOf lists the processes of a hostile service that still run.
func processesOf(mode string) []string {
	GinkgoHelper()
	var list []string
	dirs, err := filepath.Glob("/proc/[0-9]*/cmdline")
	Expect(err).NotTo(HaveOccurred())
	for _, path := range dirs {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it has just ended
		}
		if words := strings.Split(string(text), "\x00"); len(words) > 2 && words[1] == "service.py" && words[2] == mode {
			list = append(list, path)
		}
	}
	return list
}
