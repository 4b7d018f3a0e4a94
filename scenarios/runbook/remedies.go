package runbook

import (
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/hazards"
)

// remedies are the trials of what the document advises, each at its statement.
// A trial of which an arm told nothing says nothing; one that only hastens
// helps too.
func remedies(r *binding.Report, run ledger.RunResult) []hazards.Remedy {
	statements := map[string]string{}
	for _, b := range r.Bindings {
		if b.Statement >= 0 {
			statements[b.Claim.ID] = r.Document.Statements[b.Statement].ID
		}
	}
	var list []hazards.Remedy
	for _, t := range run.Remedies {
		id := statements[t.Claim]
		if !t.Decided || id == "" {
			continue
		}
		m := hazards.Remedy{Statement: id, Fault: faultOf(run, t.Scenario), Effect: hazards.Idle, Saw: t.Why}
		switch {
		case t.Harmful:
			m.Effect = hazards.Harmful
		case t.Heals, t.Hastens:
			m.Effect = hazards.Heals
		}
		list = append(list, m)
	}
	return list
}

// faultOf is what a scenario breaks, or its name where this run does not tell.
func faultOf(run ledger.RunResult, scenario string) string {
	at := slices.IndexFunc(run.Results, func(res judge.Result) bool { return res.Scenario == scenario && len(res.Faults) > 0 })
	if at < 0 {
		return scenario
	}
	return strings.Join(run.Results[at].Faults, ", then ")
}
