package ledger

import (
	"testing"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// TestAScenarioOfAnotherStackTakesNothingAway: a claim that held stays TRUE beside a
// scenario that this stack cannot stage, and one that nothing else tries says why. By
// hand: without OtherStack in weigh, the first is UNTESTED.
func TestAScenarioOfAnotherStackTakesNothingAway(t *testing.T) {
	outcome := judge.Outcome{Phase: scenarios.PhaseSteady, Expectation: "e", Basis: scenarios.Documented, Claims: []string{"a"}, Held: true}
	held := judge.Result{
		Scenario: "here", Verdict: judge.Passed, Outcomes: []judge.Outcome{outcome},
		Claims: []judge.ClaimOutcome{{Claim: "a", State: judge.ClaimHeld}},
	}
	lacking := func(other bool) judge.Result {
		return judge.Result{Scenario: "there", Verdict: judge.Unsupported, Claims: []judge.ClaimOutcome{
			{Claim: "a", State: judge.ClaimUntested, Reason: "no pods", OtherStack: other},
			{Claim: "b", State: judge.ClaimUntested, Reason: "no pods", OtherStack: other},
		}}
	}
	known := CounterExamples{"a": {{World: "defect:x", OutcomeKey: outcome.Key("here")}}}
	claims := []Claim{{ID: "a"}, {ID: "b"}}
	for _, c := range []struct {
		other bool
		want  ClaimVerdict
	}{{true, True}, {false, Untested}} {
		rows := Ledger(claims, []judge.Result{held, lacking(c.other)}, known)
		if rows[0].Verdict != c.want {
			t.Errorf("of another stack %v: %s (%s), want %s", c.other, rows[0].Verdict, rows[0].Reason, c.want)
		}
		if rows[1].Verdict != Untested || rows[1].Reason != "there: no pods" {
			t.Errorf("nothing else tries it: %s (%s)", rows[1].Verdict, rows[1].Reason)
		}
	}
}
