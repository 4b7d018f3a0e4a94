package runbook

import (
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/trial"
)

// Trials judges the commands of a document by the results of their plays.
func Trials(r *binding.Report, results []scenarios.Result) []scenarios.Trial {
	in := trial.Input{Document: r.Document, Claims: map[string]string{}}
	for i, s := range r.Document.Statements {
		for _, b := range r.Of(i) {
			in.Claims[s.ID] = b.Claim.ID
		}
	}
	in.Executions, in.Untried = trial.Collect(results)
	return trial.Judge(in)
}
