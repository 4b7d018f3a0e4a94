package hazards

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/runbook/binding"
)

// asWhom are words by which a runbook says who is to ask.
var asWhom = regexp.MustCompile(`(?i)\bas (?:the |an? )?(?:service|owner|superuser|admin\w*|role|user|postgres|dba|root)\b|\bsuperuser\b|\bBYPASSRLS\b`)

var dependsOnRole = Rule{
	ID: "depends-on-role", Title: "an answer does not depend on who asks, or it is said who is to ask",
	Why: "two people who run it see two different things, and both believe it",
	Bad: Example{
		Runbook: block("psql -U $DB_USER -c \"SELECT count(*) FROM t;\""),
		Executions: []scenarios.Execution{
			{Command: "psql -U $DB_USER -c \"SELECT count(*) FROM t;\"", World: scenarios.WorldHealthy, As: "service", Stdout: "0"},
			{Command: "psql -U $DB_USER -c \"SELECT count(*) FROM t;\"", World: scenarios.WorldHealthy, As: "superuser", Stdout: "12"},
		},
	},
	Good: Example{
		Runbook: block("# As the owner, who sees all rows\npsql -U $DB_USER -c \"SELECT count(*) FROM t;\""),
		Executions: []scenarios.Execution{
			{Command: "psql -U $DB_USER -c \"SELECT count(*) FROM t;\"", World: scenarios.WorldHealthy, As: "service", Stdout: "0"},
			{Command: "psql -U $DB_USER -c \"SELECT count(*) FROM t;\"", World: scenarios.WorldHealthy, As: "superuser", Stdout: "12"},
		},
	},
	find: func(r *reader, report func(finding)) {
		for _, c := range r.commands() {
			if c.namesRole() {
				continue
			}
			for _, x := range c.runs {
				y, found := otherRole(c, x)
				if !found {
					continue
				}
				report(finding{
					statement: c.Statement, ran: where(x, y), saw: fmt.Sprintf("%s; %s", x, y),
					proposal: "say as whom to ask, and name the role in the command",
				})
				break
			}
		}
	},
}

func otherRole(c command, x scenarios.Execution) (scenarios.Execution, bool) {
	for _, y := range c.runs {
		if x.As != "" && y.As != "" && y.As != x.As && y.World == x.World && y.Phase == x.Phase && record.Normalised(y) != record.Normalised(x) && failure(x) == "" && failure(y) == "" {
			return y, true
		}
	}
	return scenarios.Execution{}, false
}

// namesRole tells whether it is said who is to run the command: in words, or
// by a role that is written out.
func (c command) namesRole() bool {
	if asWhom.MatchString(c.description()) {
		return true
	}
	tokens := binding.Tokens(c.Text)
	for i, t := range tokens {
		if t == "-U" && i+1 < len(tokens) && !strings.HasPrefix(tokens[i+1], "$") {
			return true
		}
	}
	return false
}
