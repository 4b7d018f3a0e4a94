package misuse

import (
	"fmt"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var inputLost = rule.Rule{
	ID: "input-lost", Title: "what a container is given arrives there", Severity: lint.Error,
	Why: "without -i the command in the container has an empty standard input: it does nothing, and succeeds",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			switch {
			case (c.Program == "kubectl" || c.Program == "oc") && c.Word(0) == "exec" && !c.Flag("-i", "--stdin"):
			case c.Program == "docker" && c.Word(0) == "exec" && !c.Flag("-i", "--interactive"):
			default:
				continue
			}
			if c.Guarded || c.Through("xargs") || c.Through("watch") {
				continue
			}
			if c.Input || c.Stage > 0 {
				report(rule.At(c, fmt.Sprintf("%s exec passes no input on", c.Program), "add -i"))
			}
		}
	},
}
