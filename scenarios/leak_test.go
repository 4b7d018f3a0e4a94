package scenarios

import "testing"

// TestALeakAnywhereBreaksWhatIsProvenBySilence: a scenario that is about
// something else fails by the leak that it sees, and the claim of silence must
// not be called TRUE beside it.
func TestALeakAnywhereBreaksWhatIsProvenBySilence(t *testing.T) {
	watched := func(verdict Verdict, held bool, claims ...string) Result {
		r := Result{Scenario: "other", Verdict: verdict}
		r.Outcomes = []Outcome{{Expectation: noAnswerOfAnotherTenant, Basis: Documented, Claims: claims, Held: held, Looks: 1}}
		for _, id := range claims {
			r.Claims = append(r.Claims, ClaimOutcome{Claim: id, State: ClaimHeld})
		}
		return r
	}
	silent := watched(Passed, true, "isolated")
	silent.Scenario = "silent"
	for _, c := range []struct {
		name  string
		other Result
		want  ClaimVerdict
	}{
		{"no leak", watched(Passed, true), True},
		{"a leak", watched(Failed, false), False},
		{"a failure of another kind", watched(Failed, true), True},
		{"a leak in a playing that decides nothing", watched(Inconclusive, false), True},
	} {
		rows := Ledger([]Claim{{ID: "isolated"}, {ID: "else"}}, []Result{silent, c.other}, CounterExamples{"isolated": {{World: "a twin", OutcomeKey: OutcomeKey{Scenario: "silent", Expectation: noAnswerOfAnotherTenant}}}})
		if rows[0].Verdict != c.want {
			t.Errorf("%s: %s, want %s: %s", c.name, rows[0].Verdict, c.want, rows[0].Reason)
		}
		if rows[1].Verdict != Untested {
			t.Errorf("%s: of a claim that nobody tried: %s", c.name, rows[1].Verdict)
		}
	}
}
