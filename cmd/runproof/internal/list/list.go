// Package list is the subcommand that lists scenarios and claims.
package list

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/choose"
	"github.com/runproof/runproof/cmd/runproof/internal/claimset"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
)

// Options are the flags of list.
type Options struct {
	// What is listed: scenarios, claims or counterexamples; empty: scenarios.
	What    string
	Filter  choose.Filter
	Files   claimset.Files
	Runbook string
	Output  string
}

// kinds are what can be listed.
var kinds = []string{"scenarios", "claims", "counterexamples"}

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:   "list [scenarios|claims|counterexamples]",
		Short: "List the scenarios, the claims of the runbook, or counter-examples",
		Long: "List the scenarios; or the claims of the runbook; or each tested claim with its counter-example, a broken " +
			"service in which it was FALSE.",
		Example: "  runproof list --severity P1\n  runproof list --section \"High Latency\" --output json\n  runproof list claims\n" +
			"  runproof list claims --claims claims.yaml --runbook book.md",
		ValidArgs: kinds,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) > 1:
				return exit.Usage("list takes one of %s", strings.Join(kinds, ", "))
			case len(args) == 1 && !slices.Contains(kinds, args[0]):
				return exit.Usage("list takes no argument %q; it takes one of %s", args[0], strings.Join(kinds, ", "))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				o.What = args[0]
			}
			return run(o, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&o.Filter.Section, "section", "", "only scenarios of this `section` of the runbook")
	cmd.Flags().StringVar(&o.Filter.Severity, "severity", "", "only scenarios of this `severity` (P1 to P4)")
	o.Files.AddFlags(cmd.Flags())
	cmd.Flags().StringVar(&o.Runbook, "runbook", "", "runbook `file` in which claims are looked up (default: the embedded event-service runbook)")
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
	set, err := o.Files.Open()
	if err != nil {
		return err
	}
	switch o.What {
	case "claims":
		return claims(o, set, out)
	case "counterexamples":
		return counterExamples(o, set.Set, out)
	}
	chosen, err := choose.Scenarios(set.Scenarios, o.Filter)
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
	// Line is where the runbook makes the claim; zero: nowhere, or there is none.
	Line int `json:"line"`
	// Scenarios are those that test it.
	Scenarios      []string `json:"scenarios,omitempty"`
	CounterExample string   `json:"counterExample,omitempty"`
}

func claims(o Options, set claimset.Opened, out io.Writer) error {
	if len(set.Claims) == 0 {
		return exit.Usage("there are no claims: name a file of them by --claims")
	}
	statements, err := set.Statements(o.Runbook)
	if err != nil {
		return err
	}
	var all []claimRow
	for _, c := range set.Promises() {
		r := claimRow{Claim: c, CounterExample: set.CounterExamples.First(c.ID)}
		if s := statements[c.ID]; s != nil {
			r.Line = s.Line
		}
		for _, s := range set.Scenarios {
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
		func(c claimRow) []string { return []string{c.line(), c.ID, c.testedBy(), c.Text} })
}

// line is where the runbook makes the claim.
func (c claimRow) line() string {
	if c.Line == 0 {
		return "-"
	}
	return strconv.Itoa(c.Line)
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
