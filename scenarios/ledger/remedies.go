package ledger

import (
	"slices"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// notInArms is why an advice has no verdict where nobody has tried it.
const notInArms = "its remedy was not put on trial: --arms does that"

// WithRemedies is a ledger with what follows from the trials of remedies. An
// advice that heals or hastens, and never harms, is TRUE: that the service does
// not recover where nothing is done is the counter-example. One that is idle or
// harmful proves nothing; the hazard rules have more to say of it. A command
// that needs a cluster was not run by an arm, and is not decided by one.
func WithRemedies(rows []Row, played []scenarios.Scenario, trials []judge.RemedyTrial) []Row {
	judged := slices.Clone(rows)
	for i, row := range judged {
		if row.Statement == nil || row.Statement.Kind == "command" || row.Verdict != Untested || row.Untestable != "" || len(row.Scenarios) > 0 || !prescribed(row.ID, played) {
			continue
		}
		judged[i] = row.remedied(trials)
	}
	return judged
}

// prescribed tells whether a scenario has the remedy of a claim.
func prescribed(claim string, list []scenarios.Scenario) bool {
	return slices.ContainsFunc(list, func(s scenarios.Scenario) bool {
		return slices.ContainsFunc(s.Remedy, func(r scenarios.Remedy) bool { return r.Claim == claim })
	})
}

func (row Row) remedied(trials []judge.RemedyTrial) Row {
	row.Reason = notInArms
	helps, harms := false, false
	for _, t := range trials {
		if t.Claim != row.ID {
			continue
		}
		row.Scenarios = append(row.Scenarios, t.Scenario)
		row.Evidence = append(row.Evidence, Evidence{
			Scenario: t.Scenario, Arm: scenarios.Verify, Phase: scenarios.PhaseArm, Basis: scenarios.Documented,
			Expectation: t.Remedy + " heals or hastens", Held: t.Heals || t.Hastens, Observation: t.Why,
		})
		harms = harms || t.Harmful
		if t.Decided && (t.Heals || t.Hastens) && !helps {
			helps, row.CounterExample = true, t.Scenario+" with nothing done: "+t.Why
		}
		if !helps {
			row.Reason = t.Scenario + ": " + t.Effect() + ": " + t.Why
		}
	}
	if helps && !harms {
		row.Verdict, row.Reason, row.Basis = True, "", scenarios.Documented
	}
	return row
}
