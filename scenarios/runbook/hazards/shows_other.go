package hazards

import (
	"strings"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

var showsOther = Rule{
	ID: "shows-other", Title: "a command shows what the runbook says it shows",
	Why: "a healthy system looks ill, and whoever compares takes the difference for the trouble",
	Bad: Example{
		Runbook: block("# Prints PONG\nredis-cli PING"),
		Executions: []scenarios.Execution{
			{Command: "redis-cli PING", World: scenarios.WorldHealthy, Stdout: "LOADING\n"},
		},
	},
	// A time and a version are examples; rows may be told in either form.
	Good: Example{
		Runbook: block("# Should return 1 row\npsql -c \"SELECT 1;\"\n\n# Version\ncurl -s http://a:1/v\n\n# Expected output:\n# {\n#   \"version\": \"1.2.3\",\n#   \"time\": \"2025-01-01T00:00:00Z\"\n# }"),
		Executions: []scenarios.Execution{
			{Command: "psql -c \"SELECT 1;\"", World: scenarios.WorldHealthy, Stdout: " ?column? \n----------\n 1\n(1 row)\n"},
			{Command: "curl -s http://a:1/v", World: scenarios.WorldHealthy, Stdout: `{"time":"2026-03-04T05:06:07Z","version":"1.10.0"}`},
		},
	},
	find: func(r *reader, report func(finding)) {
		for _, c := range r.commands() {
			x, ok := c.healthy()
			if _, fails := c.fails(); !ok || fails || r.follows(c) {
				continue
			}
			for _, s := range sayings(r.Document, c.Statement) {
				said := s.contradicts(x.Stdout)
				// Where somebody in another role is shown what is said, it is a
				// matter of the role.
				for _, y := range c.in(scenarios.WorldHealthy) {
					if y.As != x.As && s.contradicts(y.Stdout) == "" {
						said = ""
					}
				}
				if said == "" {
					continue
				}
				f := finding{statement: s.by, ran: where(x), saw: said, wrong: true, proposal: "write what is shown: " + squeezed(clipped(x.Stdout))}
				if strings.TrimSpace(x.Stdout) == "" {
					f.proposal = "say that it shows nothing, or correct the command"
				}
				report(f)
			}
		}
	},
}

// follows tells whether a command stands behind one that deletes something, in
// the same section: what is said of it is said of the state after that.
func (r *reader) follows(c command) bool {
	for _, s := range r.Document.Statements {
		if s.ID == c.ID {
			return false
		}
		if s.Kind == document.Command && s.Section() == c.Section() && (command{Statement: s}).deletes() {
			return true
		}
	}
	return false
}
