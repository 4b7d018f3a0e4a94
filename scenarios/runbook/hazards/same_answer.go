package hazards

import (
	"fmt"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

var sameAnswer = Rule{
	ID: "same-answer", Title: "a diagnosis reads differently when it is broken",
	Why: "its answer is the same whether or not the trouble is there: it calms, and proves nothing",
	Bad: Example{
		Runbook: "# A\n## Leak\n**What to do:**\n" + fenced("# Rows of nobody. Should return 0 rows\npsql -c \"SELECT id FROM t WHERE owner IS NULL;\""),
		Executions: []scenarios.Execution{
			{Command: "psql -c \"SELECT id FROM t WHERE owner IS NULL;\"", World: scenarios.WorldHealthy, As: "service", Stdout: "(0 rows)"},
			{Command: "psql -c \"SELECT id FROM t WHERE owner IS NULL;\"", World: "a row without an owner", As: "service", Stdout: "(0 rows)"},
			{Command: "psql -c \"SELECT id FROM t WHERE owner IS NULL;\"", World: "a row without an owner", As: "superuser", Stdout: "7\n(1 row)"},
		},
	},
	Good: Example{
		Runbook: "# A\n## Leak\n**What to do:**\n" + fenced("# Rows of nobody. Should return 0 rows\npsql -c \"SELECT id FROM t WHERE owner IS NULL;\""),
		Executions: []scenarios.Execution{
			{Command: "psql -c \"SELECT id FROM t WHERE owner IS NULL;\"", World: scenarios.WorldHealthy, Stdout: "(0 rows)"},
			{Command: "psql -c \"SELECT id FROM t WHERE owner IS NULL;\"", World: "a row without an owner", Stdout: "7\n(1 row)"},
		},
	},
	find: func(r *reader, report func(finding)) {
		for _, c := range r.commands() {
			if c.Role != document.RoleResolution && len(sayings(r.Document, c.Statement)) == 0 || c.acts() {
				continue
			}
			if _, fails := c.fails(); fails {
				continue
			}
			if x, y, other := sameOutput(c); x.Command != "" {
				saw := fmt.Sprintf("the same with and without it: %s", y)
				if other.Command != "" {
					saw += fmt.Sprintf("; who may see more is told otherwise: %s", other)
				}
				report(finding{
					statement: c.Statement, ran: where(x, y), saw: saw,
					proposal: "ask something that the trouble changes, as somebody who may see it, and say what is shown in either case",
				})
			}
		}
	},
}

// sameOutput compares the healthy world with each broken one, in the role in which
// the service itself asks, or in which there are runs. The two that read alike
// are returned where no broken world reads differently, and with them one of
// another role that does.
func sameOutput(c command) (x, y, other scenarios.Execution) {
	var alike, more scenarios.Execution
	role, differs := c.role(), false
	for _, h := range c.in(scenarios.WorldHealthy) {
		for _, b := range c.broken() {
			switch {
			case b.As != h.As || h.Ended != "":
			case record.Normalised(h) != record.Normalised(b) && b.As == role:
				differs = true
			case record.Normalised(h) != record.Normalised(b):
				more = b
			case b.As == role && alike.Command == "":
				x, alike = h, b
			}
		}
	}
	if alike.Command == "" || differs {
		return scenarios.Execution{}, scenarios.Execution{}, scenarios.Execution{}
	}
	return x, alike, more
}

// role is the one whose reading counts: the service's, where it was tried.
func (c command) role() string {
	role := ""
	for i, x := range c.runs {
		if i == 0 || x.As == "service" {
			role = x.As
		}
	}
	return role
}
