package conclude_test

import (
	"testing"

	"github.com/runproof/runproof/cmd/runproof/internal/conclude"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook"
)

// What failed definitely once is kept, however the other repetitions came out.
func TestTheWorstRepetitionIsKept(t *testing.T) {
	var p conclude.Played
	for _, r := range []judge.Result{
		{Verdict: judge.Passed},
		{Verdict: judge.Failed, Reason: "first"},
		{Verdict: judge.Failed, Reason: "definite", Outcomes: []judge.Outcome{{Definite: true}}},
		{Verdict: judge.Failed, Reason: "later", Outcomes: []judge.Outcome{{Definite: true}}},
		{Verdict: judge.Broken, Reason: "broken"},
	} {
		r.Scenario = "s"
		p.Repetitions = append(p.Repetitions, []judge.Result{r})
	}
	r := conclude.Run(runbook.Embedded(), ledger.RunResult{}, p)
	if len(r.Results) != 1 || r.Results[0].Reason != "definite" || len(r.Repetitions) != 5 || len(r.Unstable) != 2 {
		t.Errorf("%+v, %d repetitions, %q", r.Results, len(r.Repetitions), r.Unstable)
	}
}
