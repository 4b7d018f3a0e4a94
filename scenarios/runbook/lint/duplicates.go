package lint

import (
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/consistency"
)

var duplicates = Rule{
	ID: "duplicate", Title: "one thing is told in one way", Severity: Warning,
	Why: "one of the two is wrong, and nobody knows which",
	Find: func(in Input, report func(Finding)) {
		for _, c := range consistency.Conflicts(consistency.Of(in.Document)) {
			var values []string
			for _, a := range c.Said {
				values = append(values, fmt.Sprintf("%s (line %d)", a.Shown, a.Line))
			}
			last := c.Said[len(c.Said)-1]
			f := at(in.Document.Statements[last.Statement], fmt.Sprintf("%q is told in %d ways: %s", c.Thing, len(values), strings.Join(values, ", ")), "find out which of them is right, and say it in one place")
			for _, a := range c.Said {
				f.Others = append(f.Others, a.Line)
			}
			report(f)
		}
	},
}
