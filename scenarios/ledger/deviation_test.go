package ledger_test

import (
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

var day = time.Date(2030, 5, 31, 23, 0, 0, 0, time.UTC)

// deviating is a run in which database-refused failed by the expectations given, and
// the claim x is FALSE for the first of them.
func deviating(expectations ...string) ledger.RunResult {
	r := ledger.RunResult{ID: "run", Began: day, Mode: scenarios.Verify}
	res := judge.Result{Scenario: "database-refused", Verdict: judge.Failed}
	for i, e := range expectations {
		o := judge.Outcome{Phase: scenarios.PhaseDuring, Expectation: e, Basis: scenarios.Documented, Observations: 1}
		if i == 0 {
			o.Claims = []string{"x"}
		}
		res.Outcomes = append(res.Outcomes, o)
	}
	r.Results = []judge.Result{res, {Scenario: "redis-refused", Verdict: judge.Passed}}
	r.Ledger = []ledger.Row{{Claim: ledger.Claim{ID: "x"}, Verdict: ledger.False, Evidence: []ledger.Evidence{{
		Scenario: "database-refused", Basis: scenarios.Documented, Expectation: expectations[0],
	}}}}
	return r
}

// By hand: let Result accept what one of its expectations is accepted for, and the
// second row is 0.
func TestOnlyWhatIsAcceptedInFullDoesNotFail(t *testing.T) {
	claim := ledger.Deviation{Claim: "x", Until: "2030-05-31"}
	past := ledger.Deviation{Claim: "x", Until: "2030-05-30"}
	one := ledger.Deviation{Scenario: "database-refused", Expectation: "one", Until: "2030-06-01"}
	two := ledger.Deviation{Scenario: "database-refused", Expectation: "two", Until: "2030-06-01"}
	elsewhere := ledger.Deviation{Scenario: "redis-refused", Expectation: "one", Until: "2030-06-01"}
	for name, c := range map[string]struct {
		run      ledger.RunResult
		accepted []ledger.Deviation
		want     int
	}{
		"nothing":                    {deviating("one"), nil, judge.ExitFailed},
		"one of two":                 {deviating("one", "two"), []ledger.Deviation{claim}, judge.ExitFailed},
		"both":                       {deviating("one", "two"), []ledger.Deviation{claim, two}, judge.ExitPassed},
		"the claim":                  {deviating("one"), []ledger.Deviation{claim}, judge.ExitPassed},
		"the claim's only evidence":  {deviating("one"), []ledger.Deviation{one}, judge.ExitPassed},
		"another scenario's":         {deviating("one"), []ledger.Deviation{elsewhere}, judge.ExitFailed},
		"the last day was yesterday": {deviating("one"), []ledger.Deviation{past}, judge.ExitFailed},
	} {
		c.run.Accepted = c.accepted
		if got := c.run.ExitCode(); got != c.want {
			t.Errorf("%s: exit %d, want %d", name, got, c.want)
		}
	}
}

// A service that did not start failed by no expectation: nothing accepts that.
func TestAFailureOfNoExpectationIsNotAccepted(t *testing.T) {
	r := deviating("one")
	r.Results[0].Outcomes, r.Ledger = nil, nil
	r.Accepted = []ledger.Deviation{{Claim: "x", Until: "2031-01-01"}, {Scenario: "database-refused", Expectation: "one", Until: "2031-01-01"}}
	if got := r.ExitCode(); got != judge.ExitFailed {
		t.Errorf("exit %d", got)
	}
}

func TestStateOfADeviation(t *testing.T) {
	r := deviating("one")
	r.Results[1].Outcomes = []judge.Outcome{{Expectation: "holds", Held: true, Observations: 1}}
	r.Ledger = append(r.Ledger, ledger.Row{Claim: ledger.Claim{ID: "y"}, Verdict: ledger.True}, ledger.Row{Claim: ledger.Claim{ID: "z"}, Verdict: ledger.Untested})
	for want, list := range map[ledger.DeviationState][]ledger.Deviation{
		ledger.DeviationSeen:     {{Claim: "x", Until: "2031-01-01"}, {Scenario: "database-refused", Expectation: "one", Until: "2031-01-01"}},
		ledger.DeviationGone:     {{Claim: "y", Until: "2031-01-01"}, {Scenario: "redis-refused", Expectation: "holds", Until: "2031-01-01"}},
		ledger.DeviationExpired:  {{Claim: "x", Until: "2029-01-01"}},
		ledger.DeviationUntested: {{Claim: "z", Until: "2031-01-01"}, {Claim: "unknown", Until: "2031-01-01"}, {Scenario: "venue-down", Expectation: "one", Until: "2031-01-01"}},
	} {
		for _, d := range list {
			if got := r.State(d); got != want {
				t.Errorf("%s: %s, want %s", d.Subject(), got, want)
			}
		}
	}
}
