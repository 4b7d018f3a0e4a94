package lint

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/blocks"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/shell"
	"github.com/runproof/runproof/scenarios/runbook/sqlcheck"
)

var sqlSyntax = Rule{
	ID: "sql-syntax", Title: "queries are valid SQL", Severity: Error,
	Why: "a query that the database refuses tells nothing",
	Find: func(in Input, report func(Finding)) {
		EachQuery(in, func(q Query) {
			if q.Language != "" && q.Language != "postgres" || strings.Contains(q.Text, "...") || strings.Contains(q.Text, "…") {
				return
			}
			problem, offset := sqlcheck.Check(filledQuery(q.Text))
			if problem != "" {
				f := Finding{Line: q.Line + strings.Count(q.Text[:offset], "\n"), Column: 1, Text: "this is not valid SQL: " + problem, Proposal: "try the query in psql and copy it back"}
				if q.Statement >= 0 {
					f.Statement = in.Document.Statements[q.Statement].ID
				}
				report(f)
			}
		})
	},
}

// Query is a text of SQL: of a block, a code span, an argument of psql, or a
// here-document.
type Query struct {
	Text string
	// Language is the dialect, empty where it does not show.
	Language  string
	Line      int
	Statement int
}

// EachQuery visits all SQL of a document of which it is certain that it is.
func EachQuery(in Input, visit func(Query)) {
	for i, s := range in.Document.Statements {
		if s.Kind == document.Query {
			visit(Query{s.Text, s.Language, s.Line, i})
		}
	}
	for _, p := range in.Document.Pieces {
		if p.Kind == blocks.SQL && p.Block < 0 && p.Statement < 0 && p.Confidence == blocks.Sure {
			visit(Query{p.Text, p.Language, p.Line, -1})
		}
	}
	for _, c := range in.Commands() {
		for _, call := range c.Calls {
			if call.Program != "psql" {
				continue
			}
			line := c.Line + call.Line
			if text, found := call.Option("-c", "--command"); found && !strings.HasPrefix(text, "$") {
				if at := strings.Index(c.Text, firstLine(text)); at >= 0 {
					line = c.Line + strings.Count(c.Text[:at], "\n")
				}
				visit(Query{text, "postgres", line, c.Statement})
			}
			if call.Input != "" {
				visit(Query{call.Input, "postgres", c.Line + call.InputLine, c.Statement})
			}
		}
	}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// fillable is what a reader replaces in a query.
var fillable = regexp.MustCompile(`\[[a-z][\w -]*\]|\{[A-Za-z_]\w*\}|:['"]?[A-Za-z_]\w*['"]?|\$\{?[A-Za-z_]\w*\}?|%s`)

// filledQuery is a query with everything to fill in made a word of the same
// length.
func filledQuery(text string) string {
	text = shell.Filled(text)
	return fillable.ReplaceAllStringFunc(text, func(s string) string {
		if strings.HasPrefix(s, "[") && len(s) > 40 {
			return s
		}
		return strings.Repeat("x", len(s))
	})
}

func hasProgram(tokens []string, program string) bool {
	for _, t := range tokens {
		if t == program || strings.HasSuffix(t, "/"+program) {
			return true
		}
	}
	return false
}
