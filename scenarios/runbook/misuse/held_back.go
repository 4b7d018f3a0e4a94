package misuse

import (
	"fmt"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var heldBack = rule.Rule{
	ID: "held-back", Title: "a filter prints before its input ends", Severity: lint.Error,
	Why: "the filter waits for the end of a stream that has none, and prints nothing",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Stage > 0 || c.Next() == nil || c.Through("timeout") || c.Endless() == "" {
				continue
			}
			for _, later := range c.Pipe[1:] {
				if ends(later) {
					break
				}
				if waits(later) {
					report(rule.At(c, fmt.Sprintf("%s never ends, and %s prints nothing until it does", c.Endless(), later.Program), "read a part of it: without -f, or with timeout in front"))
					break
				}
			}
		}
	},
}

// ends tells whether a filter stops by itself.
func ends(c *script.Call) bool {
	return c.Program == "head" || c.Program == "timeout" || c.Program == "grep" && c.Flag("-m", "--max-count", "-q", "--quiet")
}

// waits tells whether a filter prints nothing before it has read everything.
func waits(c *script.Call) bool {
	switch c.Program {
	case "sort", "wc", "tac":
		return true
	case "grep", "egrep":
		return c.Flag("-c", "--count")
	case "tail":
		return !c.Flag("-f", "-F", "--follow")
	case "uniq":
		return c.Flag("-c", "--count")
	}
	return false
}
