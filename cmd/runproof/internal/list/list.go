// Package list is the subcommand that lists scenarios and claims.
package list

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/choose"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
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
	table := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	fmt.Fprintln(table, "SCENARIO\tSEVERITY\tSECTION\tCLAIMS\tSYMPTOM OR FAULT")
	for _, r := range rows {
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\n", r.ID, r.Severity, r.Section, len(r.Claims), r.Title)
	}
	return table.Flush()
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
	for _, e := range runbook.Entries(runbook.Bind(runbook.Edition())) {
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
	table := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	fmt.Fprintln(table, "CLAIM\tLINE\tTESTED BY\tSECTION\tSTATEMENT")
	for _, c := range all {
		fmt.Fprintf(table, "%s\t%d\t%s\t%s\t%s\n", c.ID, c.Line, c.testedBy(), c.Section, c.Text)
	}
	return table.Flush()
}

// testedBy names the scenarios of a claim, or says why there are none.
func (c claimRow) testedBy() string {
	switch {
	case len(c.Scenarios) > 0:
		return strings.Join(c.Scenarios, ", ")
	case c.Untestable != "":
		return "(untestable)"
	}
	return "(" + runbook.NoScenario + ")"
}

func asJSON(out io.Writer, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return exit.Undecided("json: %w", err)
	}
	_, err = fmt.Fprintf(out, "%s\n", text)
	return err
}
