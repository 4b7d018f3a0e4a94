package misuse

import (
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var grepItself = rule.Rule{
	ID: "grep-itself", Title: "a search for processes does not find itself", Severity: lint.Warning,
	Why: "ps lists the grep that reads it: the process is always found, and counted once too often",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "grep" || c.Stage == 0 || c.Pipe[c.Stage-1].Program != "ps" || c.Flag("-v") {
				continue
			}
			pattern, ok := c.Pattern()
			if !ok || strings.ContainsAny(pattern.Text, "[]") || !decides(c) {
				continue
			}
			report(rule.At(c, "ps also lists the grep itself, so this finds something whatever runs", "use pgrep -f, which leaves itself out"))
		}
	},
}

// decides tells whether it matters what a filter lets through: its status is
// tested, its lines are counted, or their processes are ended.
func decides(c *script.Call) bool {
	if c.Tested || c.Next() == nil && c.Flag("-c", "--count", "-q", "--quiet") {
		return true
	}
	for _, later := range c.Pipe[c.Stage+1:] {
		switch {
		case later.Program == "grep" && later.Flag("-v"):
			return false
		case later.Program == "wc", later.Program == "xargs":
			return true
		}
	}
	return false
}
