package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	lockingSQL = regexp.MustCompile(`^(vacuum full|vacuum \([^)]*\bfull\b[^)]*\)|cluster|reindex (?:table|index|database|schema)|create (?:unique )?index)\b`)
	knowsLocks = regexp.MustCompile(`(?i)\block\w*|\bmaintenance\b|\bdowntime\b|off[- ]?(?:peak|hours)|low[- ]traffic|\bblock\w*|\bexclusive\b|\bcaution\b|\bwarning\b|⚠|\bempty\b|\bmigration\b`)
	executes   = regexp.MustCompile(`^explain (?:analy[sz]e|\([^)]*\banaly[sz]e\b[^)]*\)) (?:verbose )?(update|delete|insert)\b`)
	rollsBack  = regexp.MustCompile(`(?i)\brollback\b`)
)

var sqlLocks = rule.Rule{
	ID: "sql-locks", Title: "a statement does not stop the service unsaid", Severity: lint.Warning,
	Why: "every request that needs the table waits until it is through",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, q := range queries(in) {
			text := q.bare()
			if m := executes.FindStringSubmatch(text); m != nil && !rollsBack.MatchString(q.batch) {
				f := q.finding(fmt.Sprintf("EXPLAIN ANALYZE executes the %s", strings.ToUpper(m[1])), "leave ANALYZE out, or put it between BEGIN and ROLLBACK")
				f.Severity = lint.Error
				report(f)
			}
			m := lockingSQL.FindStringSubmatch(text)
			if m == nil || strings.Contains(text, "concurrently") || in.Mentions(q.index, knowsLocks) {
				continue
			}
			what := "stops reads and writes of the table"
			proposal := "say so, and when it may be run"
			switch {
			case strings.HasPrefix(m[1], "create"):
				what, proposal = "stops writes to the table while it works", "add CONCURRENTLY"
			case strings.HasPrefix(m[1], "reindex"):
				what, proposal = "stops writes to the table while it works", "add CONCURRENTLY (Postgres 12)"
			}
			report(q.finding(fmt.Sprintf("%s %s", strings.ToUpper(strings.Split(m[1], "(")[0]), what), proposal))
		}
	},
}
