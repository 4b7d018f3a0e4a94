package runbook

import (
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/binding"
)

// Ledger judges every statement of a document by what a run showed: what was
// played, what was executed, and the hazards that follow from both. It is pure,
// so that a bundle can be judged again.
func (s Set) Ledger(r *binding.Report, run ledger.RunResult) ([]ledger.Row, []ledger.Finding) {
	entries := s.Entries(r)
	wrong := r.Contradicted(run.Results)
	for i, e := range entries {
		if reason, found := wrong[e.Claim.ID]; found && e.Verdict == ledger.Stale {
			entries[i].Verdict, entries[i].Reason = ledger.False, reason
		}
	}
	findings := Hazards(r, run)
	rows := ledger.New(entries, run.Results, s.CounterExamples)
	if s.OfFiles {
		rows = ledger.WithContrasts(rows, run.Results, s.CounterExamples)
	}
	rows = ledger.WithTrials(rows, run.Trials)
	rows = ledger.WithRemedies(rows, s.Scenarios, run.Remedies)
	return ledger.WithFindings(rows, findings), findings
}
