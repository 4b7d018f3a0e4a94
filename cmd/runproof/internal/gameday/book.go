package gameday

import (
	"bytes"
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/gameday"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

var (
	contactHeadings = regexp.MustCompile(`(?i)escalat|contact|on-call|owner|external dependenc`)
	severityRow     = regexp.MustCompile(`^\W*(P[1-4])\b`)
	responseCell    = regexp.MustCompile(`(?i)^\W*(\d+)\s*(min|h|d)`)
	units           = map[string]time.Duration{"min": time.Minute, "h": time.Hour, "d": 24 * time.Hour}
)

// openBook reads the runbook of a game.
func openBook(path string, from []gameday.Candidate) (b gameday.Book, source []byte, err error) {
	text, err := runbook.Read(path)
	if err != nil {
		return b, nil, err
	}
	identity := runbook.Identify(path, text)
	d := document.Parse(text)
	b = gameday.Book{Name: identity.Name, SHA256: identity.SHA256, Response: map[scenarios.Severity]time.Duration{}}
	incidents := map[string]bool{}
	for _, h := range d.Headings {
		incidents[h.Text] = slices.ContainsFunc(from, func(c gameday.Candidate) bool { return gameday.SameSection(c.Section, h.Text) })
	}
	for _, s := range d.Statements {
		if s.Kind == document.Symptom {
			incidents[s.Section()] = true
		}
		switch s.Kind {
		case document.Command, document.Item:
			b.Commands = append(b.Commands, gameday.Command{Line: s.Line, Section: s.Section(), Text: s.Text})
		case document.Row:
			addRow(&b, s)
		case document.Symptom, document.Prose, document.Query, document.Comment, document.Output, document.Setting, document.Link, document.Code:
		}
	}
	for i, h := range d.Headings {
		if !incidents[h.Text] {
			continue
		}
		last := len(bytes.Split(d.Source, []byte("\n")))
		for _, next := range d.Headings[i+1:] {
			if next.Level <= h.Level {
				last = next.Line - 1
				break
			}
		}
		var section strings.Builder
		for n := h.Line; n <= last; n++ {
			section.WriteString(d.Line(n) + "\n")
		}
		b.Sections = append(b.Sections, gameday.Section{Heading: h.Text, Line: h.Line, Text: section.String()})
	}
	return b, d.Source, nil
}

// addRow takes what a row says of response times and of contacts.
func addRow(b *gameday.Book, s document.Statement) {
	if len(s.Cells) == 0 {
		return
	}
	if m := severityRow.FindStringSubmatch(s.Cells[0]); m != nil {
		for _, cell := range s.Cells[1:] {
			if n := responseCell.FindStringSubmatch(cell); n != nil {
				count, err := strconv.Atoi(n[1])
				if err == nil {
					b.Response[scenarios.Severity(m[1])] = time.Duration(count) * units[strings.ToLower(n[2])]
				}
				return
			}
		}
		return
	}
	if slices.ContainsFunc(s.Sections, contactHeadings.MatchString) {
		b.Contacts = append(b.Contacts, gameday.Contact{Name: s.Cells[0], Text: strings.Join(s.Cells, " | "), Line: s.Line})
	}
}

// markdown renders the runbook for the console: raw HTML in it is left out.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Table), goldmark.WithParserOptions(parser.WithAutoHeadingID()))

func render(source []byte) (template.HTML, error) {
	var b bytes.Buffer
	if err := markdown.Convert(source, &b); err != nil {
		return "", fmt.Errorf("runbook: %w", err)
	}
	return template.HTML(b.String()), nil //nolint:gosec // goldmark escapes what is in the document
}
