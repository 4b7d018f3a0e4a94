// Package list is the subcommand that lists scenarios and claims.
package list

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/choose"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// Options are the flags of list.
type Options struct {
	Filter choose.Filter
	Claims bool
	// CounterExamples lists the broken services in which claims were FALSE.
	CounterExamples bool
	Output          string
}

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the scenarios, or the claims of the runbook",
		Example: "  runproof list --severity P1\n  runproof list --section \"High Latency\" --output json\n  runproof list --claims",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return run(o, cmd.OutOrStdout()) },
	}
	cmd.Flags().StringVar(&o.Filter.Section, "section", "", "only scenarios of this `section` of the runbook")
	cmd.Flags().StringVar(&o.Filter.Severity, "severity", "", "only scenarios of this `severity` (P1 to P4)")
	cmd.Flags().BoolVar(&o.Claims, "claims", false, "list the runbook's claims instead")
	cmd.Flags().BoolVar(&o.CounterExamples, "counterexamples", false, "list each tested claim with its counter-example: a broken service in which it was FALSE")
	cmd.Flags().StringVar(&o.Output, "output", "table", "output `format`: table or json")
	return cmd
}

// row is one scenario as list shows it.
type row struct {
	ID       string             `json:"id"`
	Title    string             `json:"title"`
	Section  string             `json:"section"`
	Severity scenarios.Severity `json:"severity"`
	Faults   []string           `json:"faults,omitempty"`
	Claims   []string           `json:"claims"`
}

func run(o Options, out io.Writer) error {
	if o.Output != "table" && o.Output != "json" {
		return exit.Usage("--output %q is not one of table, json", o.Output)
	}
	switch {
	case o.Claims && o.CounterExamples:
		return exit.Usage("--claims and --counterexamples cannot be combined")
	case o.Claims:
		return claims(o, out)
	case o.CounterExamples:
		return counterExamples(o, out)
	}
	chosen, err := choose.Scenarios(o.Filter)
	if err != nil {
		return err
	}
	var rows []row
	for _, s := range chosen {
		r := row{ID: s.ID, Title: s.Title, Section: s.Section, Severity: s.Severity, Claims: s.Claims(), Faults: s.Faults()}
		rows = append(rows, r)
	}
	if o.Output == "json" {
		return asJSON(out, rows)
	}
	return bySection(out, rows, func(r row) string { return r.Section },
		[]screen.Column{{Name: "SCENARIO"}, {Name: "SEVERITY"}, {Name: "CLAIMS"}, {Name: "SYMPTOM OR FAULT", Flexible: true}},
		func(r row) []string { return []string{r.ID, string(r.Severity), strconv.Itoa(len(r.Claims)), r.Title} })
}

// claimRow is one claim as list shows it.
type claimRow struct {
	ledger.Claim
	// Line is where the edition makes the claim.
	Line int `json:"line"`
	// Scenarios are those that test it.
	Scenarios      []string `json:"scenarios,omitempty"`
	CounterExample string   `json:"counterExample,omitempty"`
}

func claims(o Options, out io.Writer) error {
	lines := map[string]int{}
	for _, e := range runbook.Embedded().Entries(runbook.Bind(runbook.Edition())) {
		if e.Statement != nil && e.Claim.ID != "" {
			lines[e.Claim.ID] = e.Statement.Line
		}
	}
	var all []claimRow
	for _, c := range runbook.Claims() {
		r := claimRow{Claim: c, Line: lines[c.ID], CounterExample: runbook.CounterExamples().First(c.ID)}
		for _, s := range symptoms.All() {
			if slices.Contains(s.Claims(), c.ID) {
				r.Scenarios = append(r.Scenarios, s.ID)
			}
		}
		all = append(all, r)
	}
	if o.Output == "json" {
		return asJSON(out, all)
	}
	return bySection(out, all, func(c claimRow) string { return c.Section },
		[]screen.Column{{Name: "LINE"}, {Name: "CLAIM"}, {Name: "SCENARIOS"}, {Name: "STATEMENT", Flexible: true}},
		func(c claimRow) []string { return []string{strconv.Itoa(c.Line), c.ID, c.testedBy(), c.Text} })
}

// testedBy counts the scenarios of a claim, or says why there are none. The claim's
// explanation names them.
func (c claimRow) testedBy() string {
	switch {
	case len(c.Scenarios) > 0:
		return strconv.Itoa(len(c.Scenarios))
	case c.Untestable != "":
		return "untestable"
	}
	return "none yet"
}

// bySection prints rows under the headings of their sections, in one table: the columns
// stand below each other throughout.
func bySection[T any](out io.Writer, rows []T, section func(T) string, columns []screen.Column, cells func(T) []string) error {
	table := screen.NewTable(columns...).Indent(2)
	last := ""
	for _, r := range rows {
		if s := section(r); s != last {
			table.Heading(s)
			last = s
		}
		var row []screen.Span
		for _, text := range cells(r) {
			row = append(row, screen.P(text))
		}
		table.Row(row...)
	}
	return table.Print(screen.Of(out))
}

func asJSON(out io.Writer, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return exit.Undecided("json: %w", err)
	}
	_, err = fmt.Fprintf(out, "%s\n", text)
	return err
}
