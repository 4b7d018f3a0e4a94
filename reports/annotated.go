package reports

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// AnnotatedHTMLFile and AnnotatedMarkdownFile are the document itself with
// what a run says of it.
const (
	AnnotatedHTMLFile     = "annotated.html"
	AnnotatedMarkdownFile = "annotated.md"
)

// noText stands where the document should.
const noText = "The text of the runbook is not part of this result."

// A sheet is the document by its lines, with the notes that belong to each.
type (
	sheet struct {
		Title, Headline string
		Lines           []sheetLine
		// Rest are the claims that the document does not make.
		Rest []note
	}
	sheetLine struct {
		Number int
		Text   string
		// Hard says that the line ends with a hard line break.
		Hard bool
		// Kind is "heading", "code" (the inside of a fence), "fence" or nothing.
		Kind  string
		Notes []note
		Finds []find
	}
	note struct {
		Verdict, Class, Claim, Text, Reason, Proof, CounterExample string
		// Link leads to the evidence, in words Evidence.
		Link, Evidence string
	}
	find struct{ Rule, Ran, Saw, Why, Proposal string }
)

func annotate(r ledger.RunResult) sheet {
	s := sheet{Title: "runproof: " + line(r.Provenance.Runbook.Name), Headline: headline(r)}
	notes, finds := map[int][]note{}, map[int][]find{}
	for _, row := range r.Ledger {
		n := noteOf(r, row)
		if row.Statement == nil {
			s.Rest = append(s.Rest, n)
		} else {
			notes[row.Statement.Line] = append(notes[row.Statement.Line], n)
		}
	}
	for _, f := range r.Findings {
		finds[f.Line] = append(finds[f.Line], find{line(f.Rule), line(f.Ran), line(f.Saw), line(f.Why), line(f.Proposal)})
	}
	if r.Provenance.Runbook.Text == "" {
		s.Lines = []sheetLine{{Number: 1, Text: noText}}
		return s
	}
	fence := ""
	for i, text := range linesOf(r.Provenance.Runbook.Text) {
		l := sheetLine{Number: i + 1, Text: cleanLine(text), Hard: strings.HasSuffix(text, "  "), Notes: notes[i+1], Finds: finds[i+1]}
		l.Kind, fence = kindOf(text, fence)
		s.Lines = append(s.Lines, l)
	}
	return s
}

// linesOf are the lines of a document as its parser counts them.
func linesOf(text string) []string {
	text = strings.TrimPrefix(text, "\ufeff")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// cleanLine is one line that stays one.
func cleanLine(text string) string {
	return strings.TrimRight(strings.ReplaceAll(clean(text), "\n", " "), " ")
}

// kindOf says what a line is, and which fence is open behind it.
func kindOf(text, fence string) (kind, open string) {
	bare := strings.TrimLeft(text, " \t>")
	marks := leading(bare)
	switch {
	case fence == "" && len(marks) >= 3:
		return "fence", marks
	case fence != "" && strings.HasPrefix(marks, fence) && strings.TrimSpace(bare[len(marks):]) == "":
		return "fence", ""
	case fence != "":
		return "code", fence
	case strings.HasPrefix(text, "#"):
		return "heading", ""
	}
	return "", ""
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

func noteOf(r ledger.RunResult, row ledger.Row) note {
	n := note{
		Verdict: line(string(row.Verdict)), Class: claimMark(row).Class, Claim: line(row.ID), Text: line(claimText(row)),
		Reason: line(row.Reason), CounterExample: line(row.CounterExample),
	}
	held := slices.IndexFunc(row.Evidence, func(e ledger.Evidence) bool { return e.Held && e.Basis == scenarios.Documented })
	if held >= 0 && (row.Verdict == ledger.True || row.Verdict == ledger.Hazard) {
		n.Proof = fmt.Sprintf("proven %s by %s", stamp(r.Began), line(row.Evidence[held].Scenario))
	}
	if len(row.Evidence) > 0 {
		n.Evidence = line(decidedBy(row))
		n.Link = evidenceLink(r, row)
	}
	return n
}

// evidenceLink leads to the scenario in report.html whose check says most of a
// row; it is made of a number, whatever the scenario is called.
func evidenceLink(r ledger.RunResult, row ledger.Row) string {
	best := row.Evidence[0]
	for _, e := range row.Evidence {
		if !e.Held {
			best = e
			break
		}
	}
	at := slices.IndexFunc(r.Results, func(res judge.Result) bool { return res.Scenario == best.Scenario })
	if at < 0 {
		return "report.html"
	}
	return fmt.Sprintf("report.html#scenario-%d", at)
}
