// Package list is the subcommand that shows which scenarios there are.
package list

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/choose"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/runbook"
)

// Options are the flags of list.
type Options struct {
	Filter choose.Filter
	Claims bool
	Output string
}

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:   "list",
		Short: "Show the scenarios, or the claims of the runbook",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return run(o, cmd.OutOrStdout()) },
	}
	cmd.Flags().StringVar(&o.Filter.Section, "section", "", "only scenarios of this section of the runbook")
	cmd.Flags().StringVar(&o.Filter.Severity, "severity", "", "only scenarios of this severity (P1 to P4)")
	cmd.Flags().BoolVar(&o.Claims, "claims", false, "list the runbook's claims instead of the scenarios")
	cmd.Flags().StringVar(&o.Output, "output", "table", "table or json")
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
		return exit.Usage("--output %q is neither table nor json", o.Output)
	}
	if o.Claims {
		return claims(o, out)
	}
	chosen, err := choose.Scenarios(o.Filter)
	if err != nil {
		return err
	}
	var rows []row
	for _, s := range chosen {
		r := row{ID: s.ID, Title: s.Title, Section: s.Section, Severity: s.Severity, Claims: s.Claims()}
		for _, stage := range s.Stages() {
			r.Faults = append(r.Faults, stage.Fault.String())
		}
		rows = append(rows, r)
	}
	if o.Output == "json" {
		return asJSON(out, rows)
	}
	table := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	fmt.Fprintln(table, "SCENARIO\tSEVERITY\tSECTION\tCLAIMS\tWHAT IS PLAYED")
	for _, r := range rows {
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\n", r.ID, r.Severity, r.Section, len(r.Claims), r.Title)
	}
	return table.Flush()
}

func claims(o Options, out io.Writer) error {
	all := runbook.Claims()
	if o.Output == "json" {
		return asJSON(out, all)
	}
	table := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	fmt.Fprintln(table, "CLAIM\tSECTION\tSAYS")
	for _, c := range all {
		fmt.Fprintf(table, "%s\t%s\t%s\n", c.ID, c.Section, c.Says)
	}
	return table.Flush()
}

func asJSON(out io.Writer, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return exit.Undecided("json: %w", err)
	}
	_, err = fmt.Fprintf(out, "%s\n", text)
	return err
}
