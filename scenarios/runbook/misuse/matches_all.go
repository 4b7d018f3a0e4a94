package misuse

import (
	"fmt"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var matchesAll = rule.Rule{
	ID: "matches-all", Title: "a filter selects something", Severity: lint.Warning,
	Why: "a single letter stands in nearly every line: what is looked for goes under in the others",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.All() {
			if c.Program != "grep" || c.Stage == 0 || c.Flag("-w", "-x") {
				continue
			}
			p, ok := c.Pattern()
			if ok && len(p.Text) == 1 && (p.Text[0] >= 'A' && p.Text[0] <= 'Z' || p.Text[0] >= 'a' && p.Text[0] <= 'z') && c.Pipe[0].Program == "ps" {
				report(rule.At(c, fmt.Sprintf("grep %s lets every line through that has this letter anywhere", p.Text), fmt.Sprintf("look at the column: awk '$N ~ /^%s/'", p.Text)))
			}
		}
	},
}
