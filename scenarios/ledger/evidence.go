package ledger

import (
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// executedFor is the evidence of the steps of one claim.
func executedFor(claim string, r judge.Result) []Evidence {
	var list []Evidence
	for _, a := range r.Answers {
		if a.Step.Claim != claim {
			continue
		}
		for _, x := range a.Executions {
			_, all := x.FirstMissing(a.Step.Stated(a.Phase))
			list = append(list, Evidence{
				Scenario: r.Scenario, Arm: r.Mode, Phase: a.Phase, Basis: scenarios.Documented,
				Expectation: x.Command, Held: all && (a.Phase == scenarios.PhaseDuring || x.Ran()), Observation: x.String(),
			})
		}
	}
	return list
}
