package reports

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/reports/document"
	"github.com/runproof/runproof/scenarios/ledger"
)

// signs are the pictures of the marks where only letters can be shown.
var signs = map[string]string{"yes": "✅", "no": "❌", "warn": "⚠️", "open": "❔", "none": "➖"}

// reasonGiven is the comment in which an edition says why something cannot be tried.
var reasonGiven = regexp.MustCompile(`\s*<!--\s*untestable:.*?-->`)

// AnnotatedMarkdown renders the runbook as it is, with a quotation behind each
// block that says of its statements what was found out. The document's own
// markup stays; what a target said is code or text with all markup spelt as
// character references.
func AnnotatedMarkdown(r ledger.RunResult) ([]byte, error) {
	s := annotate(r)
	var b, pending bytes.Buffer
	fmt.Fprintf(&b, "> **%s**: %s<br>\n> %s\n\n", outcome(r), prose(inSentence(r)), prose(strings.Join(strings.Fields(r.ID+" "+stamp(r.Began)), ", ")))
	_, headings := document.HTML(s.Text, nil)
	writeContents(&b, s.contents(r, headings))
	give := func() {
		if pending.Len() > 0 {
			b.WriteString("\n")
			b.Write(pending.Bytes())
			b.WriteString("\n")
			pending.Reset()
		}
	}
	open := ""
	for i, text := range strings.Split(strings.TrimSuffix(s.Text, "\n"), "\n") {
		open = fenceAfter(text, open)
		if open == "" && strings.TrimSpace(text) == "" {
			give()
		}
		b.WriteString(reasonGiven.ReplaceAllString(text, "") + "\n")
		for _, n := range s.Notes[i+1] {
			fmt.Fprintf(&pending, "> - line %d: %s\n", i+1, inLineMarkdown(n))
		}
		for _, f := range s.Findings[i+1] {
			writeFinding(&pending, i+1, f)
		}
	}
	if open != "" {
		// The document forgot to close it; what follows must not stand in it.
		b.WriteString(open + "\n")
	}
	give()
	if len(s.Rest) > 0 {
		b.WriteString("\n## Claims that this runbook does not make\n\n")
		for _, n := range s.Rest {
			fmt.Fprintf(&b, "- %s\n", inLineMarkdown(n))
		}
	}
	return b.Bytes(), nil
}

// writeContents lists the headings, each with what was found out below it.
func writeContents(b *bytes.Buffer, list []contentView) {
	if len(list) == 0 {
		return
	}
	open(b, "Verdicts by section")
	b.WriteString("\n")
	for _, c := range list {
		fmt.Fprintf(b, "%s- [%s](#%s)", strings.Repeat("  ", max(c.Level-1, 0)), prose(c.Text), strings.TrimPrefix(c.Anchor, "h-"))
		for _, p := range c.Tally {
			fmt.Fprintf(b, " %s %d %s", signs[p.Mark.Icon], p.Count, p.Mark.Word)
		}
		b.WriteString("\n")
	}
	shut(b)
	b.WriteString("\n")
}

// inLineMarkdown is a verdict with what it rests on.
func inLineMarkdown(n note) string {
	text := fmt.Sprintf("%s **%s**", signs[n.Mark.Icon], prose(n.Mark.Word))
	if n.Claim != "" {
		text += " " + code(n.Claim)
	}
	if n.Link != "" {
		text += fmt.Sprintf(" [%s](%s)", prose(n.Scenario), n.Link)
	}
	if n.Text != "" {
		text += ": " + code(clip(n.Text, maxEvidence))
	}
	return text
}

// writeFinding says what is hazardous about a line, and what to make of it.
func writeFinding(b *bytes.Buffer, number int, f findingView) {
	fmt.Fprintf(b, "> - line %d: %s **%s**: %s<br>seen: %s<br>run: %s<br>proposal: %s\n",
		number, signs["warn"], prose(f.Rule), prose(f.Why), code(f.Saw), code(f.Ran), prose(f.Proposal))
	if len(f.Diff) == 0 {
		return
	}
	marks := "```"
	for _, d := range f.Diff {
		for strings.Contains(d.Text, marks) {
			marks += "`"
		}
	}
	fmt.Fprintf(b, ">   %sdiff\n", marks)
	for _, d := range f.Diff {
		fmt.Fprintf(b, ">   %s %s\n", d.Sign, d.Text)
	}
	fmt.Fprintf(b, ">   %s\n", marks)
}

// fenceAfter is the fence that is open behind a line.
func fenceAfter(text, open string) string {
	bare := strings.TrimLeft(text, " \t>")
	marks := leading(bare)
	switch {
	case open == "" && len(marks) >= 3:
		return marks
	case open != "" && strings.HasPrefix(marks, open) && strings.TrimSpace(bare[len(marks):]) == "":
		return ""
	}
	return open
}

// leading are the backticks or tildes that a line begins with.
func leading(text string) string {
	for _, mark := range []string{"`", "~"} {
		if bare := strings.TrimLeft(text, mark); len(bare) < len(text) {
			return text[:len(text)-len(bare)]
		}
	}
	return ""
}
