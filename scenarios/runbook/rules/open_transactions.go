package rules

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	aboutTransactions = regexp.MustCompile(`(?i)\b(?:long[- ]running|old|open|stuck|idle|blocking)\b[^.]*\btransactions?\b`)
	onlyActive        = regexp.MustCompile(`(?i)state\s*=\s*'active'`)
)

var openTransactions = rule.Rule{
	ID: "open-transactions", Title: "a search for transactions finds those that do nothing", Severity: lint.Error,
	Why: "the transaction that holds locks and stops vacuum is mostly idle in transaction, and has no active query",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, q := range queries(in) {
			text := q.bare()
			if strings.Contains(text, "from pg_stat_activity") && onlyActive.MatchString(q.text) && !strings.Contains(text, "xact_start") && !strings.Contains(q.text, "idle in transaction") && aboutTransactions.MatchString(in.Purpose(q.index)) {
				report(q.finding("state = 'active' leaves out the transactions that are idle, and query_start is not when one began", "use xact_start, without a condition on state"))
			}
		}
	},
}
