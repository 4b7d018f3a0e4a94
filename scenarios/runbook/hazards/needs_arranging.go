package hazards

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios"
)

var needsArranging = Rule{
	ID: "needs-arranging", Title: "what a command needs is said",
	Why: "it runs only where somebody has set this up beforehand, and whoever is called at night does not know that",
	Bad: Example{
		Runbook: block("psql -c \"SELECT 1;\""),
		Executions: []scenarios.Execution{
			{Command: "psql -c \"SELECT 1;\"", World: scenarios.WorldHealthy, Stdout: "1", Shims: []scenarios.Shim{{What: "PGHOST", Without: "exit 2: no such file or directory"}}},
		},
	},
	Good: Example{
		Runbook: "`PGHOST` is in the vault.\n\n" + block("psql -c \"SELECT 1;\"\nDB_HOST=db.internal"),
		Executions: []scenarios.Execution{
			{Command: "psql -c \"SELECT 1;\"", World: scenarios.WorldHealthy, Stdout: "1", Shims: []scenarios.Shim{{What: "PGHOST"}, {What: "DB_HOST"}}},
		},
	},
	find: func(r *reader, report func(finding)) {
		for _, c := range r.commands() {
			var missing []string
			without := ""
			for _, x := range c.runs {
				for _, a := range x.Shims {
					if r.explained(a.What) || slices.Contains(missing, a.What) {
						continue
					}
					missing = append(missing, a.What)
					if without == "" {
						without = a.Without
					}
				}
			}
			if len(missing) == 0 {
				continue
			}
			saw := "it ran only with " + strings.Join(missing, ", ") + ", of which the runbook says nothing"
			if without != "" {
				saw += "; without: " + squeezed(without)
			}
			report(finding{
				statement: c.Statement, ran: where(c.runs[0]), saw: saw,
				proposal: fmt.Sprintf("say in the runbook where %s comes from, or write it into the command", strings.Join(missing, ", ")),
			})
		}
	},
}

// explained tells whether the document says what a variable is, or sets it.
func (r *reader) explained(variable string) bool {
	name := regexp.QuoteMeta(variable)
	return regexp.MustCompile(`\b`+name+`\b`).MatchString(r.prose) || regexp.MustCompile(`\b`+name+`=`).Match(r.Document.Source)
}
