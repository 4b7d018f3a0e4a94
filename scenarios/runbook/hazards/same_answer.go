package hazards

import (
	"fmt"

	"github.com/runproof/runproof/scenarios"
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
			if x, y, other := blind(c); x.Command != "" {
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

// blind compares the healthy world with each broken one, role by role. The
// first two that read alike are returned where no role and no world reads
// differently, and with them one of another role that does.
func blind(c command) (x, y, other scenarios.Execution) {
	roles := map[string]bool{}
	differs := map[string]bool{}
	var alike, more scenarios.Execution
	for _, h := range c.in(scenarios.WorldHealthy) {
		for _, b := range c.broken() {
			if b.As != h.As || h.Ended != "" {
				continue
			}
			roles[h.As] = true
			if h.Reading() != b.Reading() {
				differs[h.As], more = true, b
			} else if alike.Command == "" || roleless(b.As, alike.As) {
				alike, x = b, h
			}
		}
	}
	if alike.Command == "" || differs[alike.As] || len(roles) == 0 {
		return scenarios.Execution{}, scenarios.Execution{}, scenarios.Execution{}
	}
	return x, alike, more
}

// roleless prefers what the service itself would see.
func roleless(a, b string) bool { return a == "service" && b != "service" }
