package reports

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"github.com/runproof/runproof/reports/document"
	"github.com/runproof/runproof/scenarios/ledger"
)

//go:embed annotated.html.tmpl
var annotatedText string

//go:embed annotated.css
var annotatedStyle string

var annotatedPage = template.Must(template.Must(template.New("common").Parse(commonText)).New(AnnotatedHTMLFile).Parse(annotatedText))

type (
	annotatedView struct {
		Head     head
		Outcome  mark
		Document string
		Sentence string
		When     string
		Tally    []partView
		Contents []contentView
		Body     template.HTML
		Rest     []note
	}
	// contentView is an entry of the table of contents.
	contentView struct {
		Level        int
		Text, Anchor string
		Tally        []partView
	}
)

// AnnotatedHTML renders the runbook as the document that it is: in the margin of each
// statement its verdict, the evidence in a line and a link to the scenario, and below
// what is hazardous the fix. Like report.html it runs and loads nothing.
func AnnotatedHTML(r ledger.RunResult) ([]byte, error) {
	s := annotate(r)
	notes, err := s.rendered()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", AnnotatedHTMLFile, err)
	}
	body, headings := document.HTML(s.Text, notes)
	name := line(r.Provenance.Runbook.Name)
	v := annotatedView{
		Head: newHead("runproof: " + name), Outcome: outcomeMark(exit(r)).saying(outcome(r)), Document: name, Sentence: inSentence(r), When: stamp(r.Began),
		Tally: s.Tally.marks(), Contents: s.contents(r, headings), Rest: s.Rest,
		Body: template.HTML(body), //nolint:gosec // the renderer escapes the document, html/template has made the notes
	}
	v.Head.Style += template.CSS(annotatedStyle) //nolint:gosec // a constant
	var b bytes.Buffer
	if err := annotatedPage.Execute(&b, v); err != nil {
		return nil, fmt.Errorf("%s: %w", AnnotatedHTMLFile, err)
	}
	return b.Bytes(), nil
}

// rendered are the notes of each line as HTML.
func (s sheet) rendered() (map[int]document.Notes, error) {
	notes := map[int]document.Notes{}
	render := func(name string, data any) (string, error) {
		var b strings.Builder
		err := annotatedPage.ExecuteTemplate(&b, name, data)
		return b.String(), err
	}
	for number, list := range s.Notes {
		text, err := render("notes", list)
		if err != nil {
			return nil, err
		}
		notes[number] = document.Notes{Margin: text}
	}
	for number, list := range s.Findings {
		text, err := render("findings", list)
		if err != nil {
			return nil, err
		}
		notes[number] = document.Notes{Margin: notes[number].Margin, Below: text}
	}
	return notes, nil
}

// contents is the table of contents: each heading with what was found out below it,
// before the next one.
func (s sheet) contents(r ledger.RunResult, headings []document.Heading) []contentView {
	list := make([]contentView, 0, len(headings))
	for i, h := range headings {
		t := verdictTally{}
		for _, row := range r.Ledger {
			if row.Statement != nil && row.Statement.Line >= h.Line && (i+1 == len(headings) || row.Statement.Line < headings[i+1].Line) {
				t.add(claimMark(row))
			}
		}
		list = append(list, contentView{Level: h.Level, Text: h.Text, Anchor: h.Anchor, Tally: t.marks()})
	}
	return list
}
