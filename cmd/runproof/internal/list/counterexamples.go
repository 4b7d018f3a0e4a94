package list

import (
	"fmt"
	"io"
	"slices"

	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/scenarios/runbook"
)

// counterRow is a claim that some scenario tests, and the broken service in which
// the same check found it FALSE.
type counterRow struct {
	Claim     string   `json:"claim"`
	Text      string   `json:"text"`
	Scenarios []string `json:"scenarios"`
	// CounterExample is empty where none is on record.
	CounterExample string `json:"counterExample,omitempty"`
}

func counterRows(set runbook.Set) []counterRow {
	known := set.CounterExamples
	var rows []counterRow
	for _, c := range set.Promises() {
		r := counterRow{Claim: c.ID, Text: c.Text, CounterExample: known.First(c.ID)}
		for _, s := range set.Scenarios {
			if slices.Contains(s.Claims(), c.ID) {
				r.Scenarios = append(r.Scenarios, s.ID)
			}
		}
		if len(r.Scenarios) > 0 || r.CounterExample != "" {
			rows = append(rows, r)
		}
	}
	return rows
}

func counterExamples(o Options, set runbook.Set, out io.Writer) error {
	rows := counterRows(set)
	if o.Output == "json" {
		return asJSON(out, rows)
	}
	table := screen.NewTable(screen.Column{Name: "CLAIM"}, screen.Column{Name: "FALSE IN", Flexible: true}, screen.Column{Name: "STATEMENT", Flexible: true})
	shown := 0
	for _, r := range rows {
		world := r.CounterExample
		if world == "" {
			world = set.WithoutCounterExample()
		} else {
			shown++
		}
		table.Row(screen.P(r.Claim), screen.P(world), screen.P(r.Text))
	}
	if err := table.Print(screen.Of(out)); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "\n%d of %d tested claims have a counter-example\n", shown, len(rows))
	return err
}
