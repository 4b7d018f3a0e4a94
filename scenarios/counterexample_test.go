package scenarios

import "testing"

// A counter-example is asked of the expectation that held. Seen red, and TRUE, while
// any scenario of the claim was enough, also one that was not played.
func TestACounterExampleIsOfTheExpectationThatHeld(t *testing.T) {
	const claim, holds = "a.b.c", "GET /ready answers 503 by 5s"
	played := OutcomeKey{Scenario: "played", Phase: PhaseDuring, Expectation: holds}
	result := Result{
		Scenario: "played", Verdict: Passed, Claims: []ClaimOutcome{{Claim: claim, State: ClaimHeld}},
		Outcomes: []Outcome{{Phase: PhaseDuring, Expectation: holds, Basis: Documented, Claims: []string{claim}, Held: true, Looks: 1}},
	}
	for name, c := range map[string]struct {
		key  func(k *OutcomeKey)
		want ClaimVerdict
	}{
		"the very same":             {func(*OutcomeKey) {}, True},
		"of another scenario":       {func(k *OutcomeKey) { k.Scenario = "not played" }, Untested},
		"of another phase":          {func(k *OutcomeKey) { k.Phase = PhaseAfter }, Untested},
		"under another fault of it": {func(k *OutcomeKey) { k.Stage = 1 }, Untested},
		"of another expectation":    {func(k *OutcomeKey) { k.Expectation = "POST /x answers 503 by 5s" }, Untested},
	} {
		key := played
		c.key(&key)
		known := CounterExamples{claim: {{World: "a mutant", OutcomeKey: key}}}
		row := Ledger([]Claim{{ID: claim}}, []Result{result}, known)[0]
		if row.Verdict != c.want || (row.CounterExample != "") != (c.want == True) {
			t.Errorf("%s: %s (%s), counter-example %q", name, row.Verdict, row.Reason, row.CounterExample)
		}
	}
}
