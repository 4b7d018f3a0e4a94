package rules

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	longRunning = regexp.MustCompile(`(?i)\b(?:long[- ]running|slow|stuck|running (?:longer|for)|active)\b.*\bquer(?:y|ies)\b|\bquer(?:y|ies)\b.*\b(?:long|slow|running)\b`)
	byState     = regexp.MustCompile(`\bstate\b|\bwait_event|\bxact_start\b|pg_blocking_pids`)
)

var idleListed = rule.Rule{
	ID: "idle-listed", Title: "a list of running queries has no idle sessions", Severity: lint.Warning,
	Why: "query_start stays when the query ends: a session that does nothing is listed with its last query, and may be ended for it",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, q := range queries(in) {
			text := q.bare()
			_, condition, found := strings.Cut(text, " where ")
			condition, _, _ = strings.Cut(condition, " order by ")
			if !strings.Contains(text, "from pg_stat_activity") || !strings.Contains(text, "query_start") || strings.Contains(text, " join ") {
				continue
			}
			if strings.Contains(text, "pg_terminate_backend") || strings.Contains(text, "pg_cancel_backend") {
				if found && strings.Contains(condition, "query_start") && !byState.MatchString(condition) {
					report(q.finding("idle sessions are ended as well: query_start is that of the last query", "add AND state <> 'idle'"))
				}
				continue
			}
			if longRunning.MatchString(in.Purpose(q.index)) && !byState.MatchString(condition) && !shown(text) {
				report(q.finding("idle sessions are listed as well: query_start is that of the last query", "add AND state <> 'idle'"))
			}
		}
	},
}

// shown tells whether the state is among the columns that a query shows.
func shown(text string) bool {
	columns, _, _ := strings.Cut(text, " from ")
	return strings.Contains(columns, "state")
}
