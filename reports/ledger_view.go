package reports

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

type (
	// sectionView is a section of the document, with a bar of its verdicts.
	sectionView struct {
		Name, Tally string
		Parts       []partView
	}
	partView struct {
		Mark  mark
		Count int
		// X and Width are in percent of the bar.
		X, Width string
	}
	// statementView is a statement that is FALSE, a HAZARD or STALE.
	statementView struct {
		Anchor, Line, Section, Text, Claim, Reason string
		Mark                                       mark
		Evidence, Link                             string
		Findings                                   []findingView
	}
	findingView struct {
		Rule, Ran, Saw, Why, Proposal string
		Diff                          []diffLine
	}
	ledgerView struct {
		Line, ID, Text, Section, Basis, Evidence, Link, CounterExample, Reason string
		Mark                                                                   mark
	}
)

// marks are those of the verdicts, in the order of a bar and of a tally.
var marks = []mark{
	markBad.saying("FALSE"), markWarn.saying("HAZARD"), markOpen.saying("STALE"), markGood.saying("TRUE"),
	{Word: "UNTESTED", Icon: "open", Class: "soft"}, {Word: notTestable, Icon: "none", Class: "soft"},
}

// claimMark is the mark of a row's verdict.
func claimMark(row ledger.Row) mark {
	word := string(row.Verdict)
	if untestable(row) {
		word = notTestable
	}
	if i := place(word); i < len(marks) {
		return marks[i]
	}
	return mark{Word: line(word), Icon: "open", Class: "soft"}
}

// place is where a verdict stands in the order of the marks.
func place(word string) int {
	if i := slices.IndexFunc(marks, func(m mark) bool { return m.Word == word }); i >= 0 {
		return i
	}
	return len(marks)
}

// notTestable stands where there is nothing that could be tried.
const notTestable = "not testable"

// untestable reports whether no machine could ever decide a row: a link, a contact.
func untestable(row ledger.Row) bool {
	return row.Verdict == ledger.Untested && (row.Untestable != "" || row.Statement != nil && row.Statement.Kind == "link")
}

// sections count the verdicts of each section, in the order of the document, without
// those in which there is nothing to be tested.
func sections(rows []ledger.Row) []sectionView {
	var list []sectionView
	for _, row := range rows {
		name := line(sectionOf(row))
		i := slices.IndexFunc(list, func(s sectionView) bool { return s.Name == name })
		if i < 0 {
			i = len(list)
			list = append(list, sectionView{Name: name})
		}
		list[i].add(claimMark(row))
	}
	for i := range list {
		list[i].scale()
	}
	return slices.DeleteFunc(list, func(s sectionView) bool { return len(s.Parts) == 1 && s.Parts[0].Mark.Word == notTestable })
}

// tested says how much of the document was decided.
func tested(rows []ledger.Row) string {
	nothingToTest, untested := 0, 0
	for _, row := range rows {
		switch {
		case untestable(row):
			nothingToTest++
		case row.Verdict == ledger.Untested:
			untested++
		}
	}
	all := len(rows) - nothingToTest
	text := fmt.Sprintf("%d of %s decided", all-untested, plural(all, "statement was", "statements were"))
	if nothingToTest > 0 {
		text += fmt.Sprintf("; in %d more there is nothing that a machine could test", nothingToTest)
	}
	return text
}

func (s *sectionView) add(m mark) {
	i := slices.IndexFunc(s.Parts, func(p partView) bool { return p.Mark.Word == m.Word })
	if i < 0 {
		i = len(s.Parts)
		s.Parts = append(s.Parts, partView{Mark: m})
	}
	s.Parts[i].Count++
}

// scale puts the parts in order, side by side.
func (s *sectionView) scale() {
	slices.SortStableFunc(s.Parts, func(a, b partView) int { return place(a.Mark.Word) - place(b.Mark.Word) })
	all, at := 0, 0
	var counts []string
	for _, p := range s.Parts {
		all += p.Count
		counts = append(counts, fmt.Sprintf("%d %s", p.Count, p.Mark.Word))
	}
	for i := range s.Parts {
		p := &s.Parts[i]
		p.X, p.Width = fmt.Sprintf("%.2f%%", 100*float64(at)/float64(all)), fmt.Sprintf("%.2f%%", 100*float64(p.Count)/float64(all))
		at += p.Count
	}
	s.Tally = strings.Join(counts, ", ")
}

// statements lists what is to be changed in the document, or in the service, first what
// is FALSE.
func statements(r ledger.RunResult, anchors []string) []statementView {
	var list []statementView
	for _, verdict := range []ledger.ClaimVerdict{ledger.False, ledger.Hazard, ledger.Stale} {
		for i, row := range r.Ledger {
			if row.Verdict == verdict {
				list = append(list, viewStatement(r, row, fmt.Sprintf("statement-%d", i), anchors))
			}
		}
	}
	return list
}

func viewStatement(r ledger.RunResult, row ledger.Row, anchor string, anchors []string) statementView {
	v := statementView{
		Anchor: anchor, Line: statementLine(row), Section: line(sectionOf(row)), Text: statementText(row), Claim: line(row.ID),
		Mark: claimMark(row), Reason: sentence(row.Reason), Link: evidenceAnchor(r, row, anchors),
	}
	if len(row.Evidence) > 0 {
		v.Evidence = line(decidedBy(row))
	}
	for _, f := range findingsOf(r, row) {
		v.Findings = append(v.Findings, viewFinding(r, f))
		v.Reason = "" // the finding says it better
	}
	return v
}

// statementText is the statement in the runbook's own words, where it makes one.
func statementText(row ledger.Row) string {
	if row.Statement != nil {
		return said(row.Statement.Text)
	}
	return said(row.Text)
}

func viewFinding(r ledger.RunResult, f ledger.Finding) findingView {
	return findingView{
		Rule: line(f.Rule), Ran: said(f.Ran), Saw: said(f.Saw), Why: sentence(f.Why), Proposal: sentence(f.Proposal),
		Diff: diffOf(r.Provenance.Runbook.Text, f.Fix),
	}
}

// evidenceAnchor is the place in report.html of the scenario whose check says most of a
// row; empty where there is none.
func evidenceAnchor(r ledger.RunResult, row ledger.Row, anchors []string) string {
	best, ok := telling(row)
	if !ok {
		return ""
	}
	if at := slices.IndexFunc(r.Results, func(res judge.Result) bool { return res.Scenario == best.Scenario }); at >= 0 {
		return "#" + anchors[at]
	}
	return ""
}

func ledgerRows(r ledger.RunResult, anchors []string) []ledgerView {
	list := make([]ledgerView, 0, len(r.Ledger))
	for _, row := range r.Ledger {
		v := ledgerView{
			Line: statementLine(row), ID: line(row.ID), Text: clip(statementText(row), maxStatement), Section: line(sectionOf(row)), Mark: claimMark(row),
			Link: evidenceAnchor(r, row, anchors), CounterExample: clip(line(row.CounterExample), maxEvidence), Reason: clip(line(row.Reason), maxStatement),
		}
		if len(row.Evidence) > 0 {
			v.Evidence = line(decidedBy(row))
		}
		list = append(list, v)
	}
	return list
}

// maxStatement bounds a statement in a table, in letters.
const maxStatement = 200

// sectionOf is the section of a row: its statement's, or its claim's.
func sectionOf(row ledger.Row) string {
	if row.Statement != nil && row.Statement.Section != "" {
		return row.Statement.Section
	}
	return row.Section
}
