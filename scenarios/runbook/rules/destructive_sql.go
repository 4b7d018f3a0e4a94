package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	updateAll  = regexp.MustCompile(`^update (?:only )?([\w."]+)(?: (?:as )?\w+)? set `)
	deleteAll  = regexp.MustCompile(`^delete from (?:only )?([\w."]+)`)
	dropsData  = regexp.MustCompile(`^(?:drop (table|database|schema|owned|tablespace|role|user)|(truncate)) (?:table )?(?:if exists )?([\w.,"<>${} ]+)`)
	terminates = regexp.MustCompile(`pg_terminate_backend ?\( ?(?:\w+\.)?pid ?\)`)
	narrows    = regexp.MustCompile(`\b(?:state|usename|application_name|client_addr|query_start|xact_start|state_change|backend_start|query|wait_event\w*|pg_blocking_pids|leader_pid)\b|\bpid (?:=|in\b)`)
	archives   = regexp.MustCompile(`(?i)^(?:\d+[.)] *)?(?:archiv\w+|move|export)\b`)
	copies     = regexp.MustCompile(`(?i)\binsert\s+into\b|\bcopy\b|\breturning\b`)
	allIdle    = regexp.MustCompile(`(?i)state\s*=\s*'idle'`)
	aged       = regexp.MustCompile(`\b(?:usename|application_name|client_addr|query_start|xact_start|state_change|backend_start|datname|query)\b|\bpid (?:=|in\b)`)
	// inTransaction is a choice of sessions by that state, dated one by age or owner.
	inTransaction = regexp.MustCompile(`(?i)state\s*(?:=|like|in\s*\()\s*'idle in transaction`)
	dated         = regexp.MustCompile(`\b(?:usename|application_name|client_addr|query_start|xact_start|state_change|backend_start|query)\b|\bpid (?:=|in\b)`)
	notSelf       = regexp.MustCompile(`pg_backend_pid`)
	excludes      = regexp.MustCompile(`(?i)state\s*(?:=\s*'(?:idle|disabled|fastpath)|in\s*\(\s*'idle|like\s*'idle|~\*?\s*'idle)|wait_event_type\s*=|pg_blocking_pids|query_start|xact_start|state_change|backend_start|usename|application_name|client_addr|\bpid\s*(?:=|in\b)`)
)

var destructiveSQL = rule.Rule{
	ID: "destructive-sql", Title: "a statement of SQL changes no more than it says", Severity: lint.Error,
	Why: "under pressure it is run as printed, and there is no way back",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, q := range queries(in) {
			text := q.bare()
			where := strings.Contains(text, " where ")
			if m := updateAll.FindStringSubmatch(text); m != nil && !where && !strings.Contains(text, " from ") && !in.Guarded(q.index) {
				report(q.finding(fmt.Sprintf("UPDATE without WHERE changes every row of %s", m[1]), "add a WHERE, and count the rows with SELECT first"))
			}
			if m := deleteAll.FindStringSubmatch(text); m != nil && !where && !strings.Contains(text, " using ") && !in.Guarded(q.index) {
				report(q.finding(fmt.Sprintf("DELETE without WHERE deletes every row of %s", m[1]), "add a WHERE, and count the rows with SELECT first"))
			}
			if m := deleteAll.FindStringSubmatch(text); m != nil && archives.MatchString(in.Purpose(q.index)) && !copies.MatchString(q.batch) {
				report(q.finding(fmt.Sprintf("the words say to archive, and DELETE keeps nothing of %s", m[1]), "copy the rows first, or say that they are deleted"))
			}
			if m := dropsData.FindStringSubmatch(text); m != nil && !in.Guarded(q.index) && !recreated(in, q) {
				f := q.finding(fmt.Sprintf("%s %s without a word of a backup, a check or a way back", strings.ToUpper(m[1]+m[2]), strings.TrimSpace(m[3])),
					"say what must be checked and saved before, and how it is undone")
				if m[1] != "" {
					f.Text = "DROP " + f.Text
				}
				f.Severity = lint.Warning
				report(f)
			}
			if terminates.MatchString(text) && strings.Contains(text, "from pg_stat_activity") {
				terminated(in, q, text, report)
			}
		}
	},
}

// recreated tells whether the same block makes anew what is dropped.
func recreated(in *rule.Input, q sqlText) bool {
	all := strings.ToLower(q.batch)
	if m := dropsData.FindStringSubmatch(q.bare()); m != nil && strings.Contains(strings.ToLower(string(in.Source)), "create table "+strings.Fields(m[3] + " ;")[0]) {
		return true // its own
	}
	if strings.Contains(all, "create ") || strings.Contains(all, "begin;") {
		return true
	}
	for j := q.index + 1; j < len(in.Statements) && j < q.index+12; j++ {
		if !rule.SameSection(in.Statements[j], in.Statements[q.index]) {
			return false
		}
		text := strings.ToLower(in.Statements[j].Text)
		if strings.Contains(text, "create database") || strings.Contains(text, "createdb") || strings.Contains(text, "pg_restore") || strings.Contains(text, "create schema") || strings.Contains(text, "migrate") || strings.Contains(text, "create table") {
			return true
		}
	}
	return false
}

func terminated(in *rule.Input, q sqlText, text string, report func(rule.Finding)) {
	_, condition, _ := strings.Cut(text, " where ")
	if !narrows.MatchString(condition) {
		if !in.Guarded(q.index) && !recreated(in, q) {
			report(q.finding("pg_terminate_backend ends every session, the healthy ones and those of replication too", "narrow it by state, age, user or application, and look at them first"))
		}
		return
	}
	if allIdle.MatchString(q.text) && !in.Guarded(q.index) && !aged.MatchString(condition) {
		f := q.finding("pg_terminate_backend ends the idle sessions of every application, those that a pool keeps ready too", "narrow it by user, application or age (state_change)")
		f.Severity = lint.Warning
		report(f)
		return
	}
	if inTransaction.MatchString(q.text) && !dated.MatchString(condition) && !in.Guarded(q.index) {
		f := q.finding("pg_terminate_backend ends every transaction that waits for its client, those that began a moment ago too", "add an age: now() - state_change > interval '5 minutes'")
		f.Severity = lint.Warning
		report(f)
		return
	}
	if !notSelf.MatchString(condition) && !excludes.MatchString(q.text) {
		f := q.finding("pg_terminate_backend ends the session that runs it, before the others", "add AND pid <> pg_backend_pid()")
		f.Severity = lint.Warning
		report(f)
	}
}
