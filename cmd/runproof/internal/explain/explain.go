// Package explain is the subcommand that explains what a scenario does, or what a
// claim says and how it is proven.
package explain

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/choose"
	"github.com/runproof/runproof/cmd/runproof/internal/claimset"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/lock"
	"github.com/runproof/runproof/scenarios/suggest"
)

// Options are the flags of explain.
type Options struct {
	Files   claimset.Files
	Runbook string
}

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:     "explain SCENARIO|CLAIM",
		Short:   "Explain what a scenario does, or how a claim is proven",
		Example: "  runproof explain database-refused\n  runproof explain database.symptom.503",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return exit.Usage("explain takes the ID of one scenario or claim; runproof list and runproof list claims show them")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return run(o, args[0], cmd.OutOrStdout()) },
	}
	o.Files.AddFlags(cmd.Flags())
	cmd.Flags().StringVar(&o.Runbook, "runbook", "", "runbook `file` in which the claim is looked up (default: the embedded event-service runbook)")
	return cmd
}

func run(o Options, name string, out io.Writer) error {
	set, err := o.Files.Open()
	if err != nil {
		return err
	}
	for _, c := range set.Promises() {
		if c.ID != name {
			continue
		}
		statements, err := set.Statements(o.Runbook)
		if err != nil {
			return err
		}
		text := claim(set.Set, c, statements[c.ID])
		if o.Files.None() || o.Runbook != "" {
			text += onRecord(o.Runbook, c)
		}
		_, err = io.WriteString(out, text)
		return err
	}
	if strings.Contains(name, ".") { // as claims' ids have, and scenarios' have not
		var known []string
		for _, c := range set.Claims {
			known = append(known, c.ID)
		}
		if near := suggest.Nearest(name, known); near != "" {
			return exit.Usage("no such claim %q; did you mean %q?", name, near)
		}
		return exit.Usage("no such claim %q; runproof list claims shows them", name)
	}
	chosen, err := choose.Scenarios(set.Scenarios, choose.Filter{Names: []string{name}})
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, scenario(chosen[0]))
	return err
}

func scenario(s scenarios.Scenario) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\nSection   %s\nSeverity  %s\nBudget    %s\n", s.ID, s.Title, s.Section, s.Severity, s.Budget)
	expectations(&b, "Before", s.Steady)
	expectations(&b, "Always", s.Always)
	for i, fault := range s.Faults() {
		expectations(&b, "While "+fault, s.Stages()[i].During)
	}
	expectations(&b, "After", s.After)
	if len(s.Diagnosis) > 0 {
		b.WriteString("\nDiagnosis commands: run before, during and after; the output must differ during the fault\n")
		for _, step := range s.Diagnosis {
			fmt.Fprintf(&b, "  %s\n", strings.Join(strings.Fields(step.Command), " "))
		}
	}
	return b.String()
}

func expectations(b *strings.Builder, title string, list []scenarios.Expectation) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n", title)
	for _, expected := range list {
		e := expected.Spec()
		fmt.Fprintf(b, "  %s\n", e)
		basis := e.Basis
		if basis == "" {
			basis = scenarios.Implied
		}
		if len(e.Claims) > 0 {
			fmt.Fprintf(b, "      %s: %s\n", basis, strings.Join(e.Claims, ", "))
		} else {
			fmt.Fprintf(b, "      %s\n", basis)
		}
	}
}

func claim(set runbook.Set, c ledger.Claim, stated *ledger.Statement) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\nSection          %s\n", c.ID, c.Text, c.Section)
	if len(c.Facts) > 0 {
		fmt.Fprintf(&b, "Facts            %s\n", strings.Join(c.Facts, ", "))
	}
	if stated != nil {
		fmt.Fprintf(&b, "Stated           line %d (%s): %s\n", stated.Line, stated.Kind, strings.Join(strings.Fields(stated.Text), " "))
	}
	counter := set.CounterExamples.First(c.ID)
	if counter == "" {
		counter = set.WithoutCounterExample()
	}
	fmt.Fprintf(&b, "Counter-example  %s\n", counter)
	var proven []string
	for _, s := range set.Scenarios {
		if slices.Contains(s.Claims(), c.ID) {
			proven = append(proven, s.ID)
		}
	}
	switch {
	case c.Untestable != "":
		fmt.Fprintf(&b, "Untestable       %s\n", c.Untestable)
	case len(proven) == 0:
		fmt.Fprintf(&b, "Proven by        %s\n", runbook.NoScenario)
	default:
		fmt.Fprintf(&b, "Proven by        %s\n", strings.Join(proven, ", "))
	}
	return b.String()
}

// onRecord says what was proven of the claim last, where a lock is at hand.
func onRecord(path string, c ledger.Claim) string {
	text, err := os.ReadFile(runbook.LockFile(path))
	if err != nil {
		return ""
	}
	record, err := lock.Decode(text)
	if err != nil {
		return ""
	}
	for _, locked := range record.Claims {
		if locked.ID == c.ID {
			return fmt.Sprintf("On record        %s, %s against %s\n", locked.Verdict, record.Proven.Format("2006-01-02"), record.Target.ID)
		}
	}
	return ""
}
