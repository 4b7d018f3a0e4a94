package rules

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
)

var (
	aboutTransactions = regexp.MustCompile(`(?i)\b(?:long[- ]running|old|open|stuck|idle|blocking)\b[^.]*\btransactions?\b`)
	onlyActive        = regexp.MustCompile(`(?i)state\s*=\s*'active'`)
)

var openTransactions = rule{
	id: "open-transactions", title: "a search for transactions finds those that do nothing", severity: lint.Error,
	why: "the transaction that holds locks and stops vacuum is mostly idle in transaction, and has no active query",
	find: func(in *input, report func(finding)) {
		for _, q := range in.queries() {
			text := q.bare()
			if strings.Contains(text, "from pg_stat_activity") && onlyActive.MatchString(q.text) && !strings.Contains(text, "xact_start") && !strings.Contains(q.text, "idle in transaction") && aboutTransactions.MatchString(in.purpose(q.index)) {
				report(q.finding("state = 'active' leaves out the transactions that are idle, and query_start is not when one began", "use xact_start, without a condition on state"))
			}
		}
	},
}
