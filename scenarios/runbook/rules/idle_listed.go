package rules

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
)

var (
	longRunning = regexp.MustCompile(`(?i)\b(?:long[- ]running|slow|stuck|running (?:longer|for)|active)\b.*\bquer(?:y|ies)\b|\bquer(?:y|ies)\b.*\b(?:long|slow|running)\b`)
	byState     = regexp.MustCompile(`\bstate\b|\bwait_event|\bxact_start\b|pg_blocking_pids`)
)

var idleListed = rule{
	id: "idle-listed", title: "a list of running queries has no idle sessions", severity: lint.Warning,
	why: "query_start stays when the query ends: a session that does nothing is listed with its last query, and may be ended for it",
	find: func(in *input, report func(finding)) {
		for _, q := range in.queries() {
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
			if longRunning.MatchString(in.purpose(q.index)) && !byState.MatchString(condition) && !shown(text) {
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
