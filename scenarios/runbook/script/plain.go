package script

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/blocks"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

var listMark = regexp.MustCompile(`^\s*(?:[-*+]|\d+[.)])\s+`)

// enoughPlain is how many items must be commands for a document to write its
// commands so: one may be a sentence.
const enoughPlain = 3

// plain reads items of lists that are commands without any mark, where the
// document writes several so.
func (s *Script) plain(d *document.Document) {
	var list []int
	for i, statement := range d.Statements {
		if statement.Kind != document.Item && statement.Kind != document.Symptom || strings.Contains(statement.Text, "\n") {
			continue
		}
		text := d.Line(statement.Line)
		if !listMark.MatchString(text) || strings.Contains(text, "`") {
			continue
		}
		if p := blocks.Span(listMark.ReplaceAllString(text, "")); p.Kind == blocks.Shell && p.Confidence == blocks.Sure {
			list = append(list, i)
		}
	}
	if len(list) < enoughPlain {
		return
	}
	for _, i := range list {
		text := d.Line(d.Statements[i].Line)
		mark := listMark.FindString(text)
		r := reader{statement: i, line: d.Statements[i].Line, column: len(mark) + 1}
		r.read(text[len(mark):])
		s.Mentions = append(s.Mentions, r.calls...)
		s.Plain[i] = len(r.calls) > 0
	}
}
