package reports

import (
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// problem is what a reviewer is shown beside a line of the runbook, or of the run
// as a whole where no line is to blame.
type problem struct {
	rule    string // what kind of problem it is, in kebab case
	failing bool   // it fails the run
	line    int    // of the runbook; zero: of none
	column  int
	subject string // the claim, or the scenario
	text    string
}

// problems are the scenarios that did not pass, then the statements that are not
// true as written, in the order of the runbook.
func problems(r ledger.RunResult) []problem {
	var list []problem
	for _, res := range r.Results {
		switch res.Verdict {
		case judge.Passed, judge.Unsupported:
		case judge.Failed:
			list = append(list, problem{rule: "scenario-failed", failing: true, subject: res.Scenario, text: res.Reason})
		default:
			list = append(list, problem{rule: "scenario-undecided", subject: res.Scenario, text: string(res.Verdict) + ": " + res.Reason})
		}
	}
	for _, row := range r.Ledger {
		rules := map[ledger.ClaimVerdict]string{ledger.False: "statement-false", ledger.Hazard: "statement-hazard", ledger.Stale: "statement-stale"}
		rule := rules[row.Verdict]
		if rule == "" {
			continue
		}
		p := problem{rule: rule, failing: row.Verdict == ledger.False, subject: row.ID, text: row.Reason}
		if s := row.Statement; s != nil {
			p.line, p.column = s.Line, s.Column
			if p.subject == "" {
				p.subject = s.ID
			}
		}
		list = append(list, p)
	}
	return list
}
