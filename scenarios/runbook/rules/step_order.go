package rules

import (
	"fmt"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var stepOrder = rule.Rule{
	ID: "step-order", Title: "steps use what earlier steps made", Severity: lint.Error,
	Why: "whoever follows the order uses a file that is not there yet",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		type use struct {
			call *script.Call
			file string
		}
		var uses []use
		made := map[string]int{} // file, statement that makes it first
		for _, c := range in.Script.Calls {
			for _, f := range c.Makes() {
				if _, ok := made[f]; !ok {
					made[f] = c.Statement
				}
			}
			for _, f := range c.Takes() {
				uses = append(uses, use{c, f})
			}
		}
		for _, u := range uses {
			first, ok := made[u.file]
			if ok && first > u.call.Statement && sameTopic(in, u.call.Statement, first) {
				report(rule.At(u.call, fmt.Sprintf("%s is used here and made in line %d, below", u.file, in.Statements[first].Line), "put the step that makes it first"))
			}
		}
	},
}

// sameTopic tells whether two statements stand in one section.
func sameTopic(in *rule.Input, a, b int) bool {
	return rule.SameSection(in.Statements[a], in.Statements[b])
}
