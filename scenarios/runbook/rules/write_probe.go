package rules

import (
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	canWrite  = regexp.MustCompile(`(?i)\b(?:writ(?:e|es|able|eable|ing)|accepts? writes|read[/-]write|not read[- ]only)\b`)
	constant  = regexp.MustCompile(`^select (?:1|now\(\)|version\(\)|true) ?;?$`)
	bothWords = regexp.MustCompile(`(?i)\bread(?:s|able)?\b`)
)

var writeProbe = rule.Rule{
	ID: "write-probe", Title: "a question about writing is asked by writing", Severity: lint.Error,
	Why: "a read-only server answers SELECT 1 as well",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, q := range queries(in) {
			purpose := in.Purpose(q.index)
			if constant.MatchString(q.bare()) && canWrite.MatchString(purpose) && !bothWords.MatchString(purpose) {
				report(q.finding("SELECT of a constant does not tell whether the database can be written to", "ask SELECT pg_is_in_recovery(), SHOW transaction_read_only, or write into a table for it and roll back"))
			}
		}
	},
}
