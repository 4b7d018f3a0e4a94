package rules

import (
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
)

var (
	canWrite  = regexp.MustCompile(`(?i)\b(?:writ(?:e|es|able|eable|ing)|accepts? writes|read[/-]write|not read[- ]only)\b`)
	constant  = regexp.MustCompile(`^select (?:1|now\(\)|version\(\)|true) ?;?$`)
	bothWords = regexp.MustCompile(`(?i)\bread(?:s|able)?\b`)
)

var writeProbe = rule{
	id: "write-probe", title: "a question about writing is asked by writing", severity: lint.Error,
	why: "a read-only server answers SELECT 1 as well",
	find: func(in *input, report func(finding)) {
		for _, q := range in.queries() {
			purpose := in.purpose(q.index)
			if constant.MatchString(q.bare()) && canWrite.MatchString(purpose) && !bothWords.MatchString(purpose) {
				report(q.finding("SELECT of a constant does not tell whether the database can be written to", "ask SELECT pg_is_in_recovery(), SHOW transaction_read_only, or write into a table for it and roll back"))
			}
		}
	},
}
