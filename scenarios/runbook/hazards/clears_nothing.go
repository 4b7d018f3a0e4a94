package hazards

import (
	"sort"
	"strings"

	"github.com/runproof/runproof/scenarios"
)

var clearsNothing = Rule{
	ID: "clears-nothing", Title: "what is said to clear clears",
	Why: "whoever ran it believes the stale data gone, and looks for the cause elsewhere",
	Bad: Example{
		Runbook: block("# Clear the rates\nredis-cli --scan --pattern 'rates:*' | xargs -r redis-cli DEL"),
		Executions: []scenarios.Execution{
			{Command: "redis-cli --scan --pattern 'rates:*' | xargs -r redis-cli DEL", World: scenarios.WorldHealthy, Before: state("redis fx:rate:*", "3"), After: state("redis fx:rate:*", "3")},
		},
	},
	Good: Example{
		Runbook: block("# Clear the rates\nredis-cli --scan --pattern 'fx:rate:*' | xargs -r redis-cli DEL"),
		Executions: []scenarios.Execution{
			{Command: "redis-cli --scan --pattern 'fx:rate:*' | xargs -r redis-cli DEL", World: scenarios.WorldHealthy, Stdout: "3", Before: state("redis fx:rate:*", "3"), After: state()},
		},
	},
	find: func(r *reader, report func(finding)) {
		for _, c := range r.commands() {
			x, ok := c.healthy()
			if !ok || !c.deletes() || !counted(x) || len(changes(x)) > 0 {
				continue
			}
			var there []string
			for name, n := range x.Before {
				if n != "0" && n != "" && strings.HasPrefix(name, owner(c.Text)) {
					there = append(there, name)
				}
			}
			sort.Strings(there)
			if len(there) == 0 {
				continue
			}
			report(finding{
				statement: c.Statement, ran: where(x), saw: "nothing was removed; there are " + strings.Join(there, ", "),
				proposal: "name what the service really keeps: " + strings.Join(there, ", "),
			})
		}
	},
}

// owner is the server whose state a command deletes from.
func owner(text string) string {
	switch {
	case strings.Contains(text, "redis-cli"):
		return "redis "
	case strings.Contains(text, "psql"):
		return "postgres "
	}
	return ""
}
