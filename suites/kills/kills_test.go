package kills_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/world"
	"github.com/runproof/runproof/suites/testbed"
)

const (
	// trialTimeout bounds the trial of one defect, fullTimeout that by every scenario.
	trialTimeout = 20 * time.Minute
	fullTimeout  = time.Hour
	// sideBySide is how many of its scenarios are played at once; they mostly wait.
	sideBySide = 3
)

// cell is what one scenario found of one defect.
type cell struct {
	Scenario string `json:"scenario"`
	Verdict  string `json:"verdict"`
	Reason   string `json:"reason,omitempty"`
	// Retried says that the machine had no time for it at first.
	Retried bool `json:"again,omitempty"`
	// Claims are those that it found broken.
	Claims []string `json:"claims,omitempty"`
	// Broken are the expectations that did, each with its claim.
	Broken []brokenBy `json:"broken,omitempty"`
	// Overloaded says that a second attempt decided nothing either.
	Overloaded bool `json:"-"`
	// Untested are those of which it could not say anything, this time.
	Untested []string `json:"-"`
	// Flaky says that it has passed the defect as well as failed it.
	Flaky bool `json:"flaky,omitempty"`
}

// brokenBy is an expectation of a scenario that found a claim broken.
type brokenBy struct {
	Claim       string          `json:"claim"`
	Phase       scenarios.Phase `json:"phase"`
	Stage       int             `json:"stage,omitempty"`
	Expectation string          `json:"expectation"`
}

// row is a line of the kill matrix.
type row struct {
	Defect defect `json:"defect"`
	Cells  []cell `json:"cells"`
}

// caughtBy lists the scenarios that failed on the claim that the defect
// breaks; on whatever decides, where what it breaks is a rule of the contract.
func (r row) caughtBy() []string {
	return r.scenarios(func(c cell) bool {
		return strings.HasPrefix(r.Defect.Breaks, rulePrefix) || slices.Contains(c.Claims, r.Defect.Breaks)
	})
}

// failing lists the scenarios that failed, on whatever.
func (r row) failing() []string { return r.scenarios(func(cell) bool { return true }) }

func (r row) scenarios(as func(failed cell) bool) []string {
	var list []string
	for _, c := range r.Cells {
		if c.Verdict == string(judge.Failed) && as(c) {
			list = append(list, c.Scenario)
		}
	}
	return list
}

// retry plays those once more, alone, that decided nothing, and, where nobody
// caught the defect, those that failed and could not say a word on what it breaks:
// beside a dozen others on slow cores that may be the company's fault.
func (r row) retry(ctx context.Context, list []scenarios.Scenario, worlds world.Worlds) {
	caught := len(r.caughtBy()) > 0
	for i, c := range r.Cells {
		undecided := !c.decided() && c.Verdict != string(judge.Unsupported)
		if undecided || !caught && c.Verdict == string(judge.Failed) && slices.Contains(c.Untested, r.Defect.Breaks) {
			r.Cells[i] = cellOf(play.Run(ctx, list[i:i+1], worlds, play.Options{Mode: scenarios.Verify, Attempt: 1})[0])
			r.Cells[i].Retried = true
		}
	}
}

// knows reports whether a scenario has come to a verdict on the defect.
func (r row) knows(scenario string) bool {
	return slices.ContainsFunc(r.Cells, func(c cell) bool { return c.Scenario == scenario && c.decided() })
}

const (
	entry = "kills"
	// rulePrefix stands before a rule of the contract, which is no claim of the runbook.
	rulePrefix = "contract."
)

var _ = Describe("The service with a defect", func() {
	for _, d := range tried() {
		// The longest begin first: begun last, each would be waited for alone.
		It(d.Name, Label("family:"+d.Family), SpecPriority(trialOf(d)/time.Second), company(d), func(ctx SpecContext) {
			list := plan(d, GinkgoRandomSeed())
			worlds := testbed.With(shared.Testbed, d.options()...)
			r := row{Defect: d}
			for _, result := range play.Run(ctx, list, worlds, play.Options{Mode: scenarios.Verify, Jobs: sideBySide}) {
				r.Cells = append(r.Cells, cellOf(result))
			}
			r.retry(ctx, list, worlds)
			AddReportEntry(entry, r, ReportEntryVisibilityNever)
			for _, c := range r.Cells {
				if c.Overloaded {
					continue // the host's, and nobody else's; beside the other trials no attempt is alone
				}
				Expect(c.Verdict).NotTo(BeElementOf(string(judge.Broken), string(judge.Inconclusive), string(judge.Unknown)),
					"%s: %s: the defect is the service's, and nobody else's", c.Scenario, c.Reason)
				if d.Latent && c.Scenario == steady {
					Expect(c.Verdict).To(Equal(string(judge.Passed)), "a latent defect shows itself under a fault only: %s", c.Reason)
				}
			}
			if os.Getenv("FULL") == rest {
				r = onRecord().merge([]row{r})[d.Name]
			}
			Expect(r.caughtBy()).NotTo(BeEmpty(), "no scenario is failed by this defect for breaking %s:\n%s", d.Breaks, r)
		}, SpecTimeout(timeout()))
	}
})

func timeout() time.Duration {
	if os.Getenv("FULL") != "" {
		return fullTimeout
	}
	return trialTimeout
}

// company says beside whom a defect may be on trial: one that overloads the servers
// of the stack is alone, or the lanes beside it would find an overloaded host.
func company(d defect) []any {
	if d.Exclusive {
		return []any{Serial}
	}
	return nil
}

func cellOf(r judge.Result) cell {
	c := cell{Scenario: r.Scenario, Verdict: string(r.Verdict), Reason: r.Reason, Retried: r.Discarded != nil, Overloaded: r.Overloaded}
	for _, claim := range r.Claims {
		switch claim.State {
		case judge.ClaimBroken:
			c.Claims = append(c.Claims, claim.Claim)
			for _, k := range claim.Broken {
				c.Broken = append(c.Broken, brokenBy{claim.Claim, k.Phase, k.Stage, k.Expectation})
			}
		case judge.ClaimUntested:
			c.Untested = append(c.Untested, claim.Claim)
		}
	}
	return c
}

func (r row) String() string {
	var b strings.Builder
	for _, c := range r.Cells {
		b.WriteString("  " + c.Scenario + ": " + c.Verdict + " " + strings.Join(c.Claims, " ") + " " + c.Reason + "\n")
	}
	return b.String()
}
