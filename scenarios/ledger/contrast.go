package ledger

import (
	"fmt"
	"slices"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// WithContrasts is a ledger in which a claim that held, and of which no defect is on
// record, is TRUE where the run itself shows that its checks can fail: every expectation of
// it was false in the other state of its own playing, by the same checks of the same
// request. A service that does not react to the fault, or does not recover, would turn it
// FALSE. What was true there as well stays UNTESTED.
func WithContrasts(rows []Row, results []judge.Result, known CounterExamples) []Row {
	judged := slices.Clone(rows)
	for i, row := range judged {
		if row.HeldOnly && len(known[row.ID]) == 0 {
			judged[i] = row.contrasted(results)
		}
	}
	return judged
}

func (row Row) contrasted(results []judge.Result) Row {
	example := ""
	for _, r := range results {
		for _, o := range r.Outcomes {
			if o.Basis != scenarios.Documented || !slices.Contains(o.Claims, row.ID) {
				continue
			}
			switch c := o.Contrast; {
			case c == nil:
				return row
			case c.Holds:
				row.Reason = fmt.Sprintf("held, but nothing shows that the check can fail: %s: %s is true %s as well: %s", r.Scenario, o.Expectation, stateOf[c.Phase], c.Seen)
				return row
			case example == "":
				example = fmt.Sprintf("%s, %s, in this run: %s", r.Scenario, stateOf[c.Phase], c.Seen)
			}
		}
	}
	if example == "" {
		return row
	}
	row.Verdict, row.Reason, row.HeldOnly, row.CounterExample, row.Basis = True, "", false, example, scenarios.Documented
	return row
}

// stateOf says in which state of the world a phase is.
var stateOf = map[scenarios.Phase]string{
	scenarios.PhaseSteady: "before the fault", scenarios.PhaseBefore: "before the fault", scenarios.PhaseDuring: "under the fault",
}
