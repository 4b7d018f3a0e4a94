package rules

import (
	"regexp"
	"strconv"

	"github.com/runproof/runproof/scenarios/runbook/catalogue"
	"github.com/runproof/runproof/scenarios/runbook/lint"
)

var serverVersion = regexp.MustCompile(`(?i)\bpostgres(?:ql|sql)?[ :@/-]*(?:version )?v?(9\.\d|\d{2})(?:\.\d+)?\b`)

// maxVersions bounds the mentions of a version that are looked at.
const maxVersions = 200

// version is the newest version of Postgres that the document names, or 0.
func (in *input) version() int {
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

var sqlCatalogue = rule{
	id: "sql-catalogue", title: "queries ask for what Postgres has", severity: lint.Error,
	why: "the database refuses the query: the column, the function or the view is not there",
	find: func(in *input, report func(finding)) {
		version := in.version()
		for _, q := range in.queries() {
			for _, p := range catalogue.Check(q.text, version) {
				f := q.finding(p.Text, p.Proposal)
				if p.Some {
					f.severity = lint.Warning
				}
				report(f)
			}
		}
	},
}
