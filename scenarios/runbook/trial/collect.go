package trial

import (
	"fmt"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/record"
)

// Collect takes the executions out of the results of the plays. Under a fault
// that no witness has reported they count for nothing; where the harness
// failed, only what it did before any fault counts, and of that nothing that it
// failed at.
func Collect(results []judge.Result) (list []scenarios.Execution, untried map[string]string) {
	untried = map[string]string{}
	for _, r := range results {
		sound := (r.Verdict == judge.Passed || r.Verdict == judge.Failed) && r.Unsound == ""
		for _, a := range r.Answers {
			if a.Err != "" { // what we cut short, or could not do, says nothing of the command
				untried[a.Step.Claim] = a.Err
				continue
			}
			if a.Phase == scenarios.PhaseDuring && !bites(r, a.Stage) || !sound && a.Phase != scenarios.PhaseBefore {
				continue
			}
			for _, x := range a.Executions {
				x.Statement, x.Claim = a.Step.Claim, ""
				list = append(list, x)
			}
		}
		if !sound {
			for _, id := range r.Claims {
				untried[id.Claim] = fmt.Sprintf("%s: %s", r.Verdict, r.Reason)
			}
		}
	}
	return list, untried
}

// bites says whether the fault of a stage was there from the first observation to the
// last.
func bites(r judge.Result, stage int) bool {
	n := 0
	for _, t := range r.WitnessReports {
		if t.Stage == stage && (t.Phase == scenarios.PhaseDuring || t.Phase == scenarios.PhaseHeal) && t.Report.Presence == record.Active {
			n++
		}
	}
	return n == 2
}
