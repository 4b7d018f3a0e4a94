package ledger

import (
	"testing"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// TestALeakAnywhereBreaksWhatIsProvenBySilence: a scenario that is about
// something else fails by the leak that it sees, and the claim of silence must
// not be called TRUE beside it.
func TestALeakAnywhereBreaksWhatIsProvenBySilence(t *testing.T) {
	watched := func(verdict judge.Verdict, held bool, claims ...string) judge.Result {
		r := judge.Result{Scenario: "other", Verdict: verdict}
		r.Outcomes = []judge.Outcome{{Invariant: judge.InvariantIsolation, ID: "isolated", Basis: scenarios.Documented, Claims: claims, Held: held, Observations: 1}}
		for _, id := range claims {
			r.Claims = append(r.Claims, judge.ClaimOutcome{Claim: id, State: judge.ClaimHeld})
		}
		return r
	}
	silent := watched(judge.Passed, true, "isolated")
	silent.Scenario = "silent"
	for _, c := range []struct {
		name  string
		other judge.Result
		want  ClaimVerdict
	}{
		{"no leak", watched(judge.Passed, true), True},
		{"a leak", watched(judge.Failed, false), False},
		{"a failure of another kind", watched(judge.Failed, true), True},
		{"a leak in a playing that decides nothing", watched(judge.Inconclusive, false), True},
	} {
		rows := Ledger([]Claim{{ID: "isolated"}, {ID: "else"}}, []judge.Result{silent, c.other}, CounterExamples{"isolated": {{World: "a mutant", OutcomeKey: judge.OutcomeKey{Scenario: "silent", Expectation: "isolated"}}}})
		if rows[0].Verdict != c.want {
			t.Errorf("%s: %s, want %s: %s", c.name, rows[0].Verdict, c.want, rows[0].Reason)
		}
		if rows[1].Verdict != Untested {
			t.Errorf("%s: of a claim that nobody tried: %s", c.name, rows[1].Verdict)
		}
	}
}
