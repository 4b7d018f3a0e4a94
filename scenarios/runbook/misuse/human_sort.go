package misuse

import (
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var humanSort = rule.Rule{
	ID: "human-sort", Title: "sizes with units are sorted as sizes", Severity: lint.Warning,
	Why: "sort reads 900K as more than 2G: the largest stands at the wrong end, or is cut off",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			next := c.Next()
			if next == nil || next.Program != "sort" || !withUnits(c) || next.Flag("-h", "--human-numeric-sort") {
				continue
			}
			report(rule.At(next, "sizes such as 900K and 2G are not sorted by their size", "use sort -h"))
		}
	},
}

// withUnits tells whether a command prints sizes with units first in its lines.
func withUnits(c *script.Call) bool {
	return c.Program == "du" && c.Flag("-h", "--human-readable")
}
