package runbook

import (
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/trial"
)

// Trials judges the commands of a document by the results of their plays.
func Trials(r *binding.Report, results []judge.Result) []ledger.Trial {
	in := trial.Input{Document: r.Document, Claims: map[string]string{}}
	for i, s := range r.Document.Statements {
		if bound := r.Of(i); len(bound) > 0 {
			in.Claims[s.ID] = bound[0].Claim.ID
		}
	}
	in.Executions, in.Untried = trial.Collect(results)
	return trial.Judge(in)
}
