package rules

import (
	"regexp"
	"strconv"

	"github.com/runproof/runproof/scenarios/runbook/catalogue"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var serverVersion = regexp.MustCompile(`(?i)\bpostgres(?:ql|sql)?[ :@/-]*(?:version )?v?(9\.\d|\d{2})(?:\.\d+)?\b`)

// maxVersions bounds the mentions of a version that are looked at.
const maxVersions = 200

// version is the newest version of Postgres that the document names, or 0.
func version(in *rule.Input) int {
	newest := 0
	for _, m := range serverVersion.FindAllSubmatch(in.Source, maxVersions) {
		if m[1][0] == '9' && m[1][1] == '.' {
			newest = max(newest, 9)
			continue
		}
		if n, err := strconv.Atoi(string(m[1])); err == nil && n >= 10 && n <= 30 {
			newest = max(newest, n)
		}
	}
	return newest
}

var sqlCatalogue = rule.Rule{
	ID: "sql-catalogue", Title: "queries ask for what Postgres has", Severity: lint.Error,
	Why: "the database refuses the query: the column, the function or the view is not there",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		version := version(in)
		for _, q := range queries(in) {
			for _, p := range catalogue.Check(q.text, version) {
				f := q.finding(p.Text, p.Proposal)
				if p.Some {
					f.Severity = lint.Warning
				}
				report(f)
			}
		}
	},
}
