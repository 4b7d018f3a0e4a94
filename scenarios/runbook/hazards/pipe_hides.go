package hazards

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

// pipefail is what makes a pipeline fail with its first part.
const pipefail = "set -o pipefail; "

var pipeHides = Rule{
	ID: "pipe-hides", Title: "a pipe does not hide a failure",
	Why: "the command ends with 0 although a part of it failed: a script goes on, a person sees nothing and takes it for good",
	Bad: Example{
		Runbook: block("curl -s http://a:1/ready | jq"),
		Executions: []scenarios.Execution{
			{Command: "curl -s http://a:1/ready | jq", World: scenarios.WorldHealthy, Exits: []int{0, 0}, Stdout: "{}"},
			{Command: "curl -s http://a:1/ready | jq", World: "a refuses connections", Exits: []int{7, 0}},
		},
	},
	// Executed by itself the pipe hides; the line before it sees to that.
	Good: Example{
		Runbook: block("set -o pipefail; curl -s http://a:1/ready | jq"),
		Executions: []scenarios.Execution{
			{Command: "curl -s http://a:1/ready | jq", World: scenarios.WorldHealthy, Exits: []int{0, 0}, Stdout: "{}"},
			{Command: "curl -s http://a:1/ready | jq", World: "a refuses connections", Exits: []int{7, 0}},
		},
	},
	find: func(r *reader, report func(finding)) {
		for _, c := range r.commands() {
			if r.failsWithPipes(c) {
				continue
			}
			for _, x := range c.runs {
				at, failed := failedPart(x)
				if !failed || x.Exit != 0 || len(x.Exits) < 2 || at == len(x.Exits)-1 || strings.TrimSpace(x.Stderr) != "" && strings.TrimSpace(x.Stdout) == "" {
					continue
				}
				name := fmt.Sprintf("part %d", at+1)
				if names := programs(x.Command); len(names) == len(x.Exits) {
					name = names[at]
				}
				loud := pipefail + c.Text
				if strings.Contains(c.Text, "curl -s ") {
					// Whoever reads is told; that is enough for a runbook.
					loud = strings.ReplaceAll(c.Text, "curl -s ", "curl -sS ")
				}
				report(finding{
					statement: c.Statement, ran: where(x), saw: fmt.Sprintf("%s ended with %d, the command with 0: %s", name, x.Exits[at], x),
					proposal: "write " + loud, from: c.Text, to: loud,
				})
				break
			}
		}
	},
}

// failsWithPipes tells whether an earlier line of the block has seen to it that
// a pipeline fails with any of its parts.
func (r *reader) failsWithPipes(c command) bool {
	for _, s := range r.Document.Statements {
		if s.ID == c.ID {
			return false
		}
		if s.Block == c.Block && s.Kind == document.Command && setsPipefail.MatchString(s.Text) {
			return true
		}
	}
	return false
}

var setsPipefail = regexp.MustCompile(`^set\s+-\w*o\s+pipefail\b`)
