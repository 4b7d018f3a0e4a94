package hazards

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios"
)

// endless are the words by which a runbook says that a command goes on.
var endless = regexp.MustCompile(`(?i)\b(?:follow\w*|watch\w*|stream\w*|until|keeps? (?:on|running|printing)|ctrl|live|tail\w*)\b|\^C`)

// goesOn is a comment that says so.
const goesOn = "# Goes on until ^C"

var neverEnds = Rule{
	ID: "never-ends", Title: "a command ends, or is said not to",
	Why: "the steps behind it are never reached by whoever pastes the block, and a script that has it hangs",
	Bad: Example{
		Runbook: block("# What does it say?\nkubectl logs -f deployment/a"),
		Executions: []scenarios.Execution{
			{Command: "kubectl logs -f deployment/a", World: scenarios.WorldHealthy, Exit: -1, Ended: "the bound of 2s", Stdout: "a line"},
		},
	},
	Good: Example{
		Runbook: block("# What does it say? Until ^C\nkubectl logs -f deployment/a"),
		Executions: []scenarios.Execution{
			{Command: "kubectl logs -f deployment/a", World: scenarios.WorldHealthy, Exit: -1, Ended: "the bound of 2s", Stdout: "a line"},
		},
	},
	find: func(r *reader, report func(finding)) {
		for _, c := range r.commands() {
			x, ok := c.healthy()
			if !ok || x.Ended == "" || endless.MatchString(c.description()) {
				continue
			}
			report(finding{
				statement: c.Statement, ran: where(x), saw: x.String(), proposal: "say over it that it goes on: " + goesOn,
				from: c.Text, to: goesOn + "\n" + strings.Repeat(" ", c.Column-1) + c.Text,
			})
		}
	},
}
