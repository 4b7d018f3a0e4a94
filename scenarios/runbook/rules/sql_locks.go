package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
)

var (
	lockingSQL = regexp.MustCompile(`^(vacuum full|vacuum \([^)]*\bfull\b[^)]*\)|cluster|reindex (?:table|index|database|schema)|create (?:unique )?index)\b`)
	knowsLocks = regexp.MustCompile(`(?i)\block\w*|\bmaintenance\b|\bdowntime\b|off[- ]?(?:peak|hours)|low[- ]traffic|\bblock\w*|\bexclusive\b|\bcaution\b|\bwarning\b|⚠|\bempty\b|\bmigration\b`)
	executes   = regexp.MustCompile(`^explain (?:analy[sz]e|\([^)]*\banaly[sz]e\b[^)]*\)) (?:verbose )?(update|delete|insert)\b`)
	rollsBack  = regexp.MustCompile(`(?i)\brollback\b`)
)

var sqlLocks = rule{
	id: "sql-locks", title: "a statement does not stop the service unsaid", severity: lint.Warning,
	why: "every request that needs the table waits until it is through",
	find: func(in *input, report func(finding)) {
		for _, q := range in.queries() {
			text := q.bare()
			if m := executes.FindStringSubmatch(text); m != nil && !rollsBack.MatchString(q.batch) {
				f := q.finding(fmt.Sprintf("EXPLAIN ANALYZE executes the %s", strings.ToUpper(m[1])), "leave ANALYZE out, or put it between BEGIN and ROLLBACK")
				f.severity = lint.Error
				report(f)
			}
			m := lockingSQL.FindStringSubmatch(text)
			if m == nil || strings.Contains(text, "concurrently") || in.mentions(q.index, knowsLocks) {
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

// mentions tells whether the text around a statement, or the block that it is
// in, matches.
func (in *input) mentions(i int, pattern *regexp.Regexp) bool {
	s := in.Statements[i]
	if pattern.MatchString(s.Purpose) || pattern.MatchString(strings.Join(s.Sections, " ")) || pattern.MatchString(in.Line(s.Line)) || pattern.MatchString(in.Line(s.Line-1)) {
		return true
	}
	for j := max(i-12, 0); j < len(in.Statements) && j < i+6; j++ {
		t := in.Statements[j]
		if j != i && sameSection(t, s) && t.Kind != "command" && t.Kind != "query" && pattern.MatchString(t.Text) {
			return true
		}
	}
	return false
}
