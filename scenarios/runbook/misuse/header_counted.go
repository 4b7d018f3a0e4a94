package misuse

import (
	"fmt"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var headerCounted = rule.Rule{
	ID: "header-counted", Title: "a count counts no heading", Severity: lint.Info,
	Why: "the number is one too high, and is never 0",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			next := c.Next()
			if next == nil || next.Program != "wc" || !next.Flag("-l", "--lines") {
				continue
			}
			switch {
			case (c.Program == "kubectl" || c.Program == "oc") && c.Word(0) == "get" && !c.Flag("--no-headers", "-o", "--output", "-q"):
				report(rule.At(c, fmt.Sprintf("%s get prints a heading, which wc counts", c.Program), "add --no-headers"))
			case c.Program == "docker" && c.Word(0) == "ps" && !c.Flag("-q", "--quiet", "--format"):
				report(rule.At(c, "docker ps prints a heading, which wc counts", "add -q"))
			}
		}
	},
}
