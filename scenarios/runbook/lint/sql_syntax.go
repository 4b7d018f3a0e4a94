package lint

import (
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/sqlcheck"
)

var sqlSyntax = Rule{
	ID: "sql-syntax", Title: "queries are valid SQL", Severity: Error,
	Why: "a query that the database refuses tells nothing",
	Find: func(in Input, report func(Finding)) {
		for _, s := range in.Document.Statements {
			for _, query := range queries(s) {
				if problem := sqlcheck.Check(query); problem != "" {
					report(at(s, "this is not valid SQL: "+problem, "try the query in psql and copy it back"))
				}
			}
		}
	},
}

// queries are the SQL texts of a statement: itself, or what psql is given.
func queries(s document.Statement) []string {
	switch s.Kind {
	case document.Query:
		return []string{s.Text}
	case document.Command:
		if !strings.Contains(s.Text, "psql") {
			return nil
		}
		tokens := binding.Tokens(s.Text)
		for i, t := range tokens {
			if t == "-c" && i > 0 && i+1 < len(tokens) && hasProgram(tokens[:i], "psql") {
				return []string{tokens[i+1]}
			}
		}
	}
	return nil
}

func hasProgram(tokens []string, program string) bool {
	for _, t := range tokens {
		if t == program || strings.HasSuffix(t, "/"+program) {
			return true
		}
	}
	return false
}
