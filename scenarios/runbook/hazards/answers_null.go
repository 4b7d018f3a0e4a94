package hazards

import (
	"strings"

	"github.com/runproof/runproof/scenarios"
)

var answersNull = Rule{
	ID: "answers-null", Title: "a filter finds what it asks for",
	Why: "null reads like an answer of the service, and only means that there is no such field",
	Bad: Example{
		Runbook:    block("curl -s http://a:1/ready | jq '.checks.queue'"),
		Executions: []scenarios.Execution{{Command: "curl -s http://a:1/ready | jq '.checks.queue'", World: scenarios.WorldHealthy, Exits: []int{0, 0}, Stdout: "null\n"}},
	},
	Good: Example{
		Runbook:    block("curl -s http://a:1/ready | jq '.checks.queue'"),
		Executions: []scenarios.Execution{{Command: "curl -s http://a:1/ready | jq '.checks.queue'", World: scenarios.WorldHealthy, Exits: []int{0, 0}, Stdout: "0\n"}},
	},
	find: func(r *reader, report func(finding)) {
		for _, c := range r.commands() {
			if x, ok := c.healthy(); ok && strings.TrimSpace(x.Stdout) == "null" {
				report(finding{
					statement: c.Statement, ran: where(x), saw: "null, though nothing is wrong",
					proposal: "correct the filter: look at what the request answers without it",
				})
			}
		}
	},
}
