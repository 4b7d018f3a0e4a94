package runbook

import (
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/hazards"
)

// Hazards are what the rules find in a document by what a run showed.
func Hazards(r *binding.Report, run ledger.RunResult) []ledger.Finding {
	in := hazards.Input{
		Document: r.Document, Claims: map[string]string{}, Remedies: remedies(r, run),
		Sightings: hazards.Sightings(r, run.Results), Measured: hazards.Measurements(r, run.Results),
	}
	for i, s := range r.Document.Statements {
		if bound := r.Of(i); len(bound) > 0 {
			in.Claims[s.ID] = bound[0].Claim.ID
		}
	}
	for _, t := range run.Trials {
		for _, x := range t.Executions {
			if x.Statement == "" {
				x.Statement = t.Statement.ID
			}
			in.Executions = append(in.Executions, x)
		}
	}
	return hazards.Run(in)
}
