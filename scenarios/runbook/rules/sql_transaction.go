package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// standsAlone are statements that refuse to run inside of a transaction.
var standsAlone = regexp.MustCompile(`^(create database|drop database|create tablespace|drop tablespace|vacuum|alter system|(?:create|drop) (?:unique )?index concurrently|reindex (?:database|system)|reindex (?:table|index|schema) concurrently)\b`)

var sqlTransaction = rule.Rule{
	ID: "sql-transaction", Title: "statements that need to stand alone do", Severity: lint.Error,
	Why: "psql sends all statements of one -c as one transaction, and the database refuses these in one: nothing of it is done",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		seen := map[*script.Call]bool{}
		for _, q := range queries(in) {
			if q.call == nil || seen[q.call] || q.call.Document != "" && !q.call.Flag("-1", "--single-transaction") {
				continue
			}
			m := standsAlone.FindStringSubmatch(q.bare())
			if m == nil || alone(q) && !q.call.Flag("-1", "--single-transaction") {
				continue
			}
			if batch := strings.Trim(strings.TrimSpace(q.batch), ";"); !q.call.Flag("-1", "--single-transaction") && !strings.Contains(batch, ";") {
				continue
			}
			seen[q.call] = true
			report(q.finding(fmt.Sprintf("%s cannot run with other statements in one psql -c", strings.ToUpper(m[1])), "give each statement a -c of its own"))
		}
	},
}
