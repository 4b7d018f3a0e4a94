package hazards

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios"
)

var needsArranging = Rule{
	ID: "needs-arranging", Title: "what a command needs is said",
	Why: "it runs only where somebody has set this up beforehand, and whoever is called at night does not know that",
	Bad: Example{
		Runbook: block("psql -c \"SELECT 1;\""),
		Executions: []scenarios.Execution{
			{Command: "psql -c \"SELECT 1;\"", World: scenarios.WorldHealthy, Stdout: "1", Arranged: []scenarios.Arrangement{{What: "PGHOST", Without: "exit 2: no such file or directory"}}},
		},
	},
	// The address stands in the command itself: its name is for the network to know.
	Good: Example{
		Runbook: "`PGHOST` is in the vault.\n\n" + block("psql -c \"SELECT 1;\"\ncurl http://bank:9000/health"),
		Executions: []scenarios.Execution{
			{Command: "psql -c \"SELECT 1;\"", World: scenarios.WorldHealthy, Stdout: "1", Arranged: []scenarios.Arrangement{{What: "PGHOST"}}},
			{Command: "curl http://bank:9000/health", World: scenarios.WorldHealthy, Stdout: "{}", Arranged: []scenarios.Arrangement{{What: ".curlrc: bank:9000"}}},
		},
	},
	find: func(r *reader, report func(finding)) {
		for _, c := range r.commands() {
			var missing []string
			without := ""
			for _, x := range c.runs {
				for _, a := range x.Arranged {
					if r.explained(c, a.What) || contains(missing, a.What) {
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

var (
	variableName = regexp.MustCompile(`^[A-Z][A-Z0-9_]+$`)
	address      = regexp.MustCompile(`[\w.-]+:\d+`)
)

// explained tells whether the document says what an arrangement is: a variable
// or a program by its name, an address where the command itself has it.
func (r *reader) explained(c command, what string) bool {
	name, detail, _ := strings.Cut(what, ":")
	if at := address.FindString(what); at != "" {
		return strings.Contains(c.Text, at)
	}
	if host := strings.TrimSpace(detail); host != "" && strings.Contains(c.Text, host) {
		return true
	}
	if name = strings.Fields(name + " ")[0]; !variableName.MatchString(name) {
		return regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b`).MatchString(r.prose)
	}
	return regexp.MustCompile(`\b`+regexp.QuoteMeta(name)+`\b`).MatchString(r.prose) || regexp.MustCompile(`\b`+name+`=`).MatchString(string(r.Document.Source))
}

func contains(list []string, s string) bool {
	for _, one := range list {
		if one == s {
			return true
		}
	}
	return false
}
