package rules

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// statement of SQL, where it stands.
type sqlText struct {
	text string
	// line and column are where the statement that has it begins.
	line, column, index int
	// call is the psql that is given it; nil in a block of SQL.
	call *script.Call
	// batch are the statements that one psql, or one block, has.
	batch string
}

// maxSQL bounds the length of a statement of SQL that is read.
const maxSQL = 32 << 10

// otherDialect recognises statements that are not those of Postgres.
var otherDialect = regexp.MustCompile("(?i)`\\w+`|\\bSHOW\\s+(?:FULL\\s+)?(?:PROCESSLIST|TABLES|DATABASES|ENGINE|SLAVE|REPLICA|MASTER|GLOBAL|VARIABLES|STATUS|INDEX|CREATE|BINARY)\\b|\\b(?:information_schema\\.processlist|performance_schema|mysql\\.|sys\\.dm_|v\\$|NOLOCK|ENGINE\\s*=|SELECT\\s+TOP\\s|DBMS_)|\\bGO\\s*$|\\bKEYSPACE\\b|\\bALLOW FILTERING\\b")

// queries are all statements of SQL of a document, as far as they are those of
// Postgres: of blocks, and of psql -c.
func queries(in *rule.Input) []sqlText {
	var list []sqlText
	for i, s := range in.Statements {
		if s.Kind == document.Query && len(s.Text) <= maxSQL && (s.Language == "" || s.Language == "postgres") && !otherDialect.MatchString(s.Text) {
			list = append(list, sqlText{text: s.Text, line: s.Line, column: s.Column, index: i, batch: batch(in, i)})
		}
	}
	for _, c := range in.Script.All() {
		if c.Program != "psql" {
			continue
		}
		for i, a := range c.Args {
			text := ""
			switch {
			case i > 0 && (c.Args[i-1].Text == "--command" || strings.HasPrefix(c.Args[i-1].Text, "-") && !strings.HasPrefix(c.Args[i-1].Text, "--") && strings.HasSuffix(c.Args[i-1].Text, "c") && !c.Args[i-1].Quoted):
				text = a.Text
			case strings.HasPrefix(a.Text, "--command="):
				text = strings.TrimPrefix(a.Text, "--command=")
			}
			if text == "" || len(text) > maxSQL || strings.HasPrefix(strings.TrimSpace(text), `\`) {
				continue
			}
			list = append(list, split(c, text)...)
		}
		// A backslash begins what psql does itself; the rest of its line is no SQL.
		if text := metaCommand.ReplaceAllString(c.Document, ""); text != "" && len(text) <= maxSQL {
			list = append(list, split(c, text)...)
		}
	}
	return list
}

var metaCommand = regexp.MustCompile(`(?m)^\s*\\.*$`)

// split are the statements of a text that a psql is given.
func split(c *script.Call, text string) []sqlText {
	var list []sqlText
	begin := 0
	for _, end := range append(document.SemicolonsOf(text), len(text)) {
		if part := strings.TrimSpace(text[begin:end]); part != "" && part != ";" {
			list = append(list, sqlText{text: part, line: c.Line, column: c.Column, index: c.Statement, call: c, batch: text})
		}
		begin = end
	}
	return list
}

// nearby is how many statements of a block are read as one batch.
const nearby = 15

// batch are the statements of SQL before and behind one in its block.
func batch(in *rule.Input, i int) string {
	block := in.Statements[i].Block
	var list []string
	for j := max(i-nearby, 0); j < len(in.Statements) && j <= i+nearby; j++ {
		if s := in.Statements[j]; j == i || s.Kind == document.Query && s.Block == block {
			list = append(list, s.Text)
		}
	}
	return strings.Join(list, "\n")
}

func (q sqlText) finding(text, proposal string) rule.Finding {
	return rule.Finding{Line: q.line, Column: q.column, Statement: q.index, Text: text, Proposal: proposal}
}

var (
	sqlStrings  = regexp.MustCompile(`'(?:[^']|'')*'`)
	sqlComments = regexp.MustCompile(`--[^\n]*|/\*[\s\S]*?\*/`)
)

// bare is a statement without strings and comments, in small letters and with
// single spaces.
func (q sqlText) bare() string {
	text := sqlStrings.ReplaceAllString(q.text, "''")
	text = sqlComments.ReplaceAllString(text, " ")
	return strings.ToLower(strings.Join(strings.Fields(text), " "))
}
