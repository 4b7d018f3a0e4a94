package reports

import (
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios"
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

// A sheet is what is said of the lines of a document.
type sheet struct {
	// Text is the document, clean and with plain newlines.
	Text string
	// Notes and Findings are those of each line, in their order.
	Notes    map[int][]note
	Findings map[int][]findingView
	// Rest are the claims that the document does not make.
	Rest []note
	// Tally counts the verdicts.
	Tally verdictTally
}

// note is the verdict on one statement, and what it rests on in a line.
type note struct {
	Mark mark
	// Text is the evidence, or the reason; for a claim that the document does not make,
	// the claim.
	Text, Claim string
	// Link leads to the scenario in report.html, which is called Scenario.
	Link, Scenario string
}

func annotate(r ledger.RunResult) sheet {
	s := sheet{Notes: map[int][]note{}, Findings: map[int][]findingView{}, Tally: verdictTally{}}
	for _, text := range linesOf(r.Provenance.Runbook.Text) {
		s.Text += cleanLine(text) + "\n"
	}
	if r.Provenance.Runbook.Text == "" {
		s.Text = noText + "\n"
	}
	anchors := anchorsOf(r.Results)
	for _, row := range r.Ledger {
		n := noteOf(r, row, anchors)
		switch {
		case row.Statement == nil:
			n.Text = strings.Trim(said(claimText(row))+"; "+n.Text, "; ")
			s.Rest = append(s.Rest, n)
		case !untestable(row):
			s.Notes[row.Statement.Line] = append(s.Notes[row.Statement.Line], n)
		}
		if row.Statement != nil {
			s.Tally.add(n.Mark)
		}
	}
	for _, f := range r.Findings {
		s.Findings[f.Line] = append(s.Findings[f.Line], viewFinding(r, f))
	}
	return s
}

// linesOf are the lines of a document as its parser counts them.
func linesOf(text string) []string {
	text = strings.TrimPrefix(text, "\ufeff")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// cleanLine is one line that stays one, with the blanks that break it on purpose.
func cleanLine(text string) string {
	clean := strings.ReplaceAll(clean(text), "\n", " ")
	bare := strings.TrimRight(clean, " ")
	if bare != "" && strings.HasSuffix(clean, "  ") {
		return bare + "  "
	}
	return bare
}

func noteOf(r ledger.RunResult, row ledger.Row, anchors []string) note {
	n := note{Mark: claimMark(row), Claim: line(row.ID), Text: clip(line(row.Reason), maxNote)}
	best, ok := telling(row)
	if !ok {
		return n
	}
	switch {
	case row.Verdict == ledger.False && !best.Held:
		n.Text = clip("seen: "+line(best.Observation), maxNote)
	case row.Verdict == ledger.True || n.Text == "":
		n.Text = clip(line(best.Observation), maxNote)
	}
	if anchor := evidenceAnchor(r, row, anchors); anchor != "" {
		n.Link, n.Scenario = "report.html"+anchor, line(best.Scenario)
	}
	return n
}

// maxNote bounds a note, in letters.
const maxNote = 240

// telling is the evidence that says most of a row: what did not hold, or else what the
// document itself promises.
func telling(row ledger.Row) (ledger.Evidence, bool) {
	if len(row.Evidence) == 0 {
		return ledger.Evidence{}, false
	}
	best := row.Evidence[0]
	for _, e := range row.Evidence {
		if !e.Held {
			return e, true
		}
		if best.Basis != scenarios.Documented && e.Basis == scenarios.Documented {
			best = e
		}
	}
	return best, true
}

// verdictTally counts marks by their words.
type verdictTally map[string]int

func (t verdictTally) add(m mark) { t[m.Word]++ }

// marks are those of a tally in their order, each with its number.
func (t verdictTally) marks() []partView {
	var list []partView
	for _, m := range marks {
		if n := t[m.Word]; n > 0 && m.Word != notTestable {
			list = append(list, partView{Mark: m, Count: n})
		}
	}
	return list
}

// String is a tally in words.
func (t verdictTally) String() string {
	var parts []string
	for _, p := range t.marks() {
		parts = append(parts, fmt.Sprintf("%d %s", p.Count, p.Mark.Word))
	}
	return strings.Join(parts, ", ")
}
