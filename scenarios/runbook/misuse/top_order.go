package misuse

import (
	"fmt"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var topOrder = rule.Rule{
	ID: "top-order", Title: "kubectl top sorts by what it knows", Severity: lint.Error,
	Why: "kubectl refuses the command: it knows cpu and memory, and nothing of disks and networks",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "kubectl" || c.Word(0) != "top" {
				continue
			}
			if by, ok := c.Value("--sort-by"); ok && !by.Open && by.Text != "cpu" && by.Text != "memory" {
				report(rule.At(c, fmt.Sprintf("kubectl top cannot sort by %q", by.Text), "sort by cpu or memory; ask the node for its disks"))
			}
		}
	},
}
