package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/runproof/runproof/reports/compare"
	"github.com/runproof/runproof/scenarios/ledger"
)

// The files of a comparison.
const (
	ComparisonHTMLFile     = "compare.html"
	ComparisonMarkdownFile = "compare.md"
	ComparisonJSONFile     = "compare.json"
)

// File is a rendered report.
type File struct {
	Name string
	Text []byte
}

// Comparison renders a comparison in each format. The two runs are those compared:
// the page overlays their timelines.
func Comparison(c compare.Comparison, baseline, candidate Run) ([]File, error) {
	page, err := comparisonHTML(c, baseline, candidate)
	if err != nil {
		return nil, err
	}
	text, err := indented(c)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", ComparisonJSONFile, err)
	}
	return []File{
		{ComparisonHTMLFile, page}, {ComparisonMarkdownFile, comparisonMarkdown(c)}, {ComparisonJSONFile, text},
	}, nil
}

func indented(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(v)
	return b.Bytes(), err
}

// ComparisonText is a comparison for a terminal.
func ComparisonText(c compare.Comparison) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", line(c.Headline))
	if len(c.Changes) > 0 {
		b.WriteByte('\n')
		w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "WEIGHT\tKIND\tWHAT\tWAS\tIS\tWHY")
		for _, change := range c.Changes {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", change.Weight, change.Kind, clip(line(change.Subject()), maxCell/2), line(change.Was), line(change.Is), clip(changeReason(change), maxCell/2))
		}
		w.Flush() //nolint:errcheck // a strings.Builder takes everything
	}
	for _, text := range deviationLines(c.Deviations) {
		fmt.Fprintf(&b, "%s\n", text)
	}
	for _, note := range c.Notes {
		fmt.Fprintf(&b, "note: %s\n", line(note))
	}
	return b.String()
}

// changeReason is why a change is what it is; of an accepted one, why that is.
func changeReason(c compare.Change) string {
	if d := c.Accepted; d != nil {
		return line(fmt.Sprintf("accepted until %s: %s; %s", d.Until, d.Reason, c.Why))
	}
	return line(c.Why)
}

// deviationLines says what became of accepted deviations.
func deviationLines(list []compare.Accepted) (lines []string) {
	for _, d := range list {
		lines = append(lines, deviationLine(d.Deviation, d.State))
	}
	return lines
}

func deviationLine(d ledger.Deviation, state ledger.DeviationState) string {
	said := map[ledger.DeviationState]string{
		ledger.DeviationSeen:     "accepted until " + d.Until,
		ledger.DeviationGone:     "accepted, and not there any more: take it off the list",
		ledger.DeviationExpired:  "was accepted until " + d.Until + ": it counts again",
		ledger.DeviationUntested: "accepted until " + d.Until + ", and not tested in this run",
	}
	return line(fmt.Sprintf("%s: %s (%s)", d.Subject(), said[state], d.Reason))
}
