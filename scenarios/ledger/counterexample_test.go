package ledger

import (
	"testing"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// A counter-example is asked of the expectation that held. Seen red, and TRUE, while
// any scenario of the claim was enough, also one that was not played.
func TestACounterExampleIsOfTheExpectationThatHeld(t *testing.T) {
	const claim, holds = "a.b.c", "GET /ready answers 503 by 5s"
	played := judge.OutcomeKey{Scenario: "played", Phase: scenarios.PhaseDuring, Expectation: holds}
	result := judge.Result{
		Scenario: "played", Verdict: judge.Passed, Claims: []judge.ClaimOutcome{{Claim: claim, State: judge.ClaimHeld}},
		Outcomes: []judge.Outcome{{Phase: scenarios.PhaseDuring, ID: holds, Basis: scenarios.Documented, Claims: []string{claim}, Held: true, Observations: 1}},
	}
	for name, c := range map[string]struct {
		key  func(k *judge.OutcomeKey)
		want ClaimVerdict
	}{
		"the very same":             {func(*judge.OutcomeKey) {}, True},
		"of another scenario":       {func(k *judge.OutcomeKey) { k.Scenario = "not played" }, Untested},
		"of another phase":          {func(k *judge.OutcomeKey) { k.Phase = scenarios.PhaseAfter }, Untested},
		"under another fault of it": {func(k *judge.OutcomeKey) { k.Stage = 1 }, Untested},
		"of another expectation":    {func(k *judge.OutcomeKey) { k.Expectation = "POST /x answers 503 by 5s" }, Untested},
	} {
		key := played
		c.key(&key)
		known := CounterExamples{claim: {{World: "a mutant", OutcomeKey: key}}}
		row := Ledger([]Claim{{ID: claim}}, []judge.Result{result}, known)[0]
		if row.Verdict != c.want || (row.CounterExample != "") != (c.want == True) {
			t.Errorf("%s: %s (%s), counter-example %q", name, row.Verdict, row.Reason, row.CounterExample)
		}
	}
}
