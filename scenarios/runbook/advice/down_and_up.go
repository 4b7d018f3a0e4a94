package advice

import (
	"fmt"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var downAndUp = rule.Rule{
	ID: "down-and-up", Title: "a restart leaves the service up", Severity: lint.Warning,
	Why: "between the two there is no replica at all: the remedy is an outage, and nothing says so",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		var down *script.Call
		examined := 0
		for _, c := range in.Script.Calls {
			if c.Program != "kubectl" && c.Program != "oc" || c.Word(0) != "scale" {
				if down != nil && !between(c) {
					down = nil // something is done meanwhile
				}
				continue
			}
			w, _ := c.Value("--replicas")
			if w.Text == "0" {
				down = c
				continue
			}
			if examined++; examined > maxGrown {
				return
			}
			if down != nil && in.Statements[down.Statement].Block == in.Statements[c.Statement].Block && down.Word(1)+down.Word(2) == c.Word(1)+c.Word(2) && !in.Guarded(down.Statement) {
				report(rule.At(down, fmt.Sprintf("%s is scaled to 0 and up again: that is a restart with an outage", workloadOf(down)), "use kubectl rollout restart, which keeps replicas up, or say that the service is down meanwhile"))
			}
			down = nil
		}
	},
}

// between tells whether a command only waits or looks.
func between(c *script.Call) bool {
	switch c.Program {
	case "sleep", "echo", "watch", "grep", "wc", "while", "[", "test":
		return true
	case "kubectl", "oc":
		return c.Word(0) == "get" || c.Word(0) == "wait" || c.Word(0) == "rollout" && c.Word(1) == "status"
	}
	return false
}

// workloadOf is the name of what a command scales.
func workloadOf(c *script.Call) string {
	if name := c.Word(2); name != "" {
		return name
	}
	return c.Word(1)
}
