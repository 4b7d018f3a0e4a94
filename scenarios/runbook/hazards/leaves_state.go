package hazards

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios"
)

// looking are the words by which a purpose says that a command is an observation.
var looking = regexp.MustCompile(`(?i)^(?:check|verify|test|look|see|show|view|find|inspect|list|count|is|are|does|do|has|have|was|were|how|which|what|who|where|can|compare|confirm|ensure|reproduce|try)\b|\?$|\?\s`)

var leavesState = Rule{
	ID: "leaves-state", Title: "a look leaves nothing behind",
	Why: "whoever only wanted to know has changed the patient: what it left behind is the next incident",
	Bad: Example{
		Runbook: block("# Does it take writes?\nredis-cli SET probe 1"),
		Executions: []scenarios.Execution{
			{Command: "redis-cli SET probe 1", World: scenarios.WorldHealthy, Stdout: "OK", Before: state("redis others", "0"), After: state("redis others", "1")},
		},
	},
	Good: Example{
		Runbook: block("# Does it take writes?\nredis-cli SET probe 1 PX 1"),
		Executions: []scenarios.Execution{
			{Command: "redis-cli SET probe 1 PX 1", World: scenarios.WorldHealthy, Stdout: "OK", Before: state("redis others", "0"), After: state("redis others", "0")},
		},
	},
	find: func(r *reader, report func(finding)) {
		for _, c := range r.commands() {
			if !looking.MatchString(strings.TrimSpace(c.Purpose)) || c.deletes() {
				continue
			}
			for _, x := range c.runs {
				if list := changes(x); len(list) > 0 {
					report(finding{
						statement: c.Statement, ran: where(x), saw: describe(list),
						proposal: "undo it in the same step, in a transaction that is rolled back or under a name that expires, or say what it leaves behind",
					})
					break
				}
			}
		}
	},
}

// state is a state as an example has it: names and values in turn.
func state(pairs ...string) map[string]string {
	m := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return m
}

func fenced(text string) string { return "\n```bash\n" + text + "\n```\n" }
