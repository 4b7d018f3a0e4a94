package misuse

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	analyzes   = regexp.MustCompile(`(?i)\bEXPLAIN\s+(?:\([^)]*\bANALYZE\b[^)]*\)|ANALYZE(?:\s+VERBOSE)?)\s+(\[[^\]]*\]|<[^>]*>|UPDATE\b|DELETE\b|INSERT\b|\.\.\.|your\b)`)
	documented = regexp.MustCompile(`(?i)(?-i:\bROLLBACK\s*;)|\bexecutes?\b|\bactually runs?\b|\b(?:really|will) (?:run|execute)s?\b|\bread replica\b|\bstaging\b`)
)

var analyzeRuns = rule.Rule{
	ID: "analyze-runs", Title: "EXPLAIN ANALYZE is known to run the query", Severity: lint.Info,
	Why: "the slow query is run once more on a database that is short of time, and what it changes is changed",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for i, s := range in.Statements {
			if s.Kind != document.Command && s.Kind != document.Query || len(s.Text) > 16<<10 || !explainsQuery(s.Text) {
				continue
			}
			if m := analyzes.FindStringSubmatch(s.Text); m != nil {
				if in.Anywhere(documented) {
					return
				}
				report(in.On(i, "EXPLAIN ANALYZE runs the query that it explains", "use EXPLAIN alone first; for a statement that changes something, BEGIN and ROLLBACK around it"))
			}
		}
	},
}

// explainsQuery tells, at little cost, whether a text has the word.
func explainsQuery(text string) bool {
	return strings.Contains(text, "EXPLAIN") || strings.Contains(text, "explain")
}
