package reports

import (
	"bytes"
	"fmt"
	"strings"
	"text/tabwriter"
)

// GameMarkdown renders a game with a draft of its post-mortem.
func GameMarkdown(g Game) []byte {
	v := viewGame(g)
	var b gameDocument
	fmt.Fprintf(&b, "# %s\n\n%s\n", prose(v.Title), prose(v.Headline))
	b.list("Summary", v.Summary)
	b.list("Impact", v.Impact)
	var rows [][]string
	for _, m := range v.Timeline {
		rows = append(rows, []string{m.At, m.Truth, m.People})
	}
	b.table("Timeline", []string{"Time", "Truth", "People"}, rows)
	rows = nil
	for _, l := range v.Lines {
		rows = append(rows, []string{l.Name, l.Points, l.Why})
	}
	b.table("Score: "+v.Total, []string{"Part", "Points", "Why"}, rows)
	rows = nil
	for _, e := range v.Effects {
		rows = append(rows, []string{e.At, e.By, e.Action, e.Change, e.Why, e.Printed})
	}
	b.table("What was done, and what it changed", []string{"Time", "By", "Action", "Change", "Evidence", "Runbook"}, rows)
	b.list("What went well", v.Good)
	b.list("Action items", v.Actions)
	b.list("Findings about the runbook", v.Findings)
	rows = nil
	for _, e := range v.Earlier {
		rows = append(rows, []string{e.Began, e.Scenario, e.By, e.Outcome, e.Acknowledge, e.Diagnose, e.Gone, e.Score})
	}
	if len(rows) > 0 {
		b.table("Earlier game days", []string{"Began", "Scenario", "Played by", "Outcome", "Acknowledged", "Diagnosed", "Fault ended", "Score"}, rows)
	}
	rows = nil
	for _, f := range v.Seal {
		rows = append(rows, []string{f.Name, f.Value})
	}
	b.table("Seal", []string{"Fact", "Value"}, rows)
	return b.Bytes()
}

// gameDocument is a document of lists and tables under headings.
type gameDocument struct{ bytes.Buffer }

func (b *gameDocument) list(title string, items []string) {
	fmt.Fprintf(b, "\n## %s\n\n", title)
	if len(items) == 0 {
		b.WriteString("- none\n")
	}
	for _, item := range items {
		b.WriteString("- " + prose(item) + "\n")
	}
}

func (b *gameDocument) table(title string, head []string, rows [][]string) {
	fmt.Fprintf(b, "\n## %s\n\n", title)
	row(&b.Buffer, head...)
	row(&b.Buffer, strings.Split(strings.TrimSuffix(strings.Repeat("--- ", len(head)), " "), " ")...)
	for _, cells := range rows {
		for i := range cells {
			cells[i] = prose(cells[i])
		}
		row(&b.Buffer, cells...)
	}
}

// GameText is the score for a terminal.
func GameText(g Game) string {
	v := viewGame(g)
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s: %s\n", v.Title, v.Headline)
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, l := range v.Lines {
		fmt.Fprintf(w, "  %s\t%s\t%s\n", l.Name, l.Points, clip(l.Why, maxCell))
	}
	fmt.Fprintf(w, "  sum\t%s\t\n", v.Total)
	w.Flush() //nolint:errcheck // a strings.Builder takes everything
	for _, f := range v.Findings {
		fmt.Fprintf(&b, "  runbook: %s\n", f)
	}
	return b.String()
}
