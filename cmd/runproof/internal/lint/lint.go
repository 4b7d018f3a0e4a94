// Package lint is the subcommand that checks a runbook statically. It starts
// nothing and takes seconds.
package lint

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/lock"
)

// Options are the flags of lint.
type Options struct {
	Runbook string
	Lock    bool
	Output  string
	// Fix is the file to write a fixed copy to, Findings the bundle of a run
	// whose findings are to be fixed too.
	Fix, Findings string
	// Against is a folder whose files the runbook is held against.
	Against string
}

// findings is the exit code of a runbook with something wrong.
const findings = 1

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:   "lint",
		Short: "Check a runbook statically; starts nothing",
		Long: "Check a runbook statically; starts nothing. Reports commands, SQL and JSON that do not parse, dead\n" +
			"links, duplicates, contradictions, and text that no longer matches its claims.\n\n" +
			"Exit codes: 0 clean, 1 findings, 2 usage error.",
		Example: "  runproof lint\n  runproof lint --runbook docs/runbook.md --output sarif > lint.sarif\n  runproof lint --lock\n  runproof lint --runbook docs/runbook.md --fix fixed.md\n  runproof lint --runbook docs/runbook.md --against .",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return run(o, cmd.OutOrStdout()) },
	}
	cmd.Flags().StringVar(&o.Runbook, "runbook", "", "runbook to check (default: the embedded event-service runbook)")
	cmd.Flags().BoolVar(&o.Lock, "lock", false, "fail if runbook or code changed since "+lock.FileName+" was written")
	cmd.Flags().StringVar(&o.Fix, "fix", "", "write a copy with all automatic fixes applied to this file, and print the diff")
	cmd.Flags().StringVar(&o.Findings, "findings", "", "with --fix: also fix the hazards found by the run in this bundle (directory)")
	cmd.Flags().StringVar(&o.Against, "against", "", "hold the runbook against the manifests, contracts, alerts, migrations and images in this directory")
	cmd.Flags().StringVar(&o.Output, "output", "text", "output format: text, json or sarif")
	return cmd
}

func run(o Options, out io.Writer) error {
	if o.Output != "text" && o.Output != "json" && o.Output != "sarif" {
		return exit.Usage("--output %q is not one of text, json, sarif", o.Output)
	}
	if o.Findings != "" && o.Fix == "" {
		return exit.Usage("--findings requires --fix")
	}
	if o.Fix != "" && o.Against != "" {
		return exit.Usage("--fix and --against cannot be combined: no machine knows which side is right")
	}
	if o.Fix != "" && (o.Lock || o.Output != "text") {
		return exit.Usage("--fix prints a diff and cannot be combined with --lock or --output")
	}
	text, err := runbook.Read(o.Runbook)
	if err != nil {
		return exit.Usage("%w", err)
	}
	if o.Fix != "" {
		return autofix(o, text, out)
	}
	in := input(o.Runbook, text)
	r := in.Binding
	all, facts, err := rulesOf(o)
	if err != nil {
		return err
	}
	list := lint.Run(in, all)
	if o.Lock {
		drift, err := drift(o.Runbook, r)
		if err != nil {
			return err
		}
		list = append(list, drift...)
	}
	if err := write(o, list, all, r, out); err != nil {
		return exit.Undecided("lint: %w", err)
	}
	if facts != nil {
		reportFacts(o, facts, out)
	}
	if len(list) > 0 {
		return exit.With(findings)
	}
	return nil
}

// input is a runbook as rules look at it.
func input(path string, text []byte) lint.Input {
	d := document.Parse(text)
	in := lint.Input{Document: d, Binding: runbook.BindDocument(d), Excuse: runbook.Excuse}
	if path != "" {
		in.Exists = func(target string) bool {
			_, err := os.Stat(filepath.Join(filepath.Dir(path), filepath.FromSlash(target)))
			return err == nil
		}
	}
	return in
}

// nameOf is what findings call a runbook.
func nameOf(path string) string {
	if path == "" {
		return runbook.EditionPath
	}
	return path
}

// drift compares the runbook and the code with the lock.
func drift(path string, r *binding.Report) ([]lint.Finding, error) {
	text, err := os.ReadFile(runbook.LockFile(path))
	if err != nil {
		return nil, exit.Usage("no lock to compare with (runproof verify --lock writes it): %w", err)
	}
	l, err := lock.Decode(text)
	if err != nil {
		return nil, exit.Usage("%s: %w", runbook.LockFile(path), err)
	}
	return l.Drift(r), nil
}

func write(o Options, list []lint.Finding, all []lint.Rule, r *binding.Report, out io.Writer) (err error) {
	name := nameOf(o.Runbook)
	var text []byte
	switch o.Output {
	case "json":
		text, err = lint.JSON(name, list)
	case "sarif":
		text, err = lint.SARIF(name, list, all)
	default:
		text = append(lint.Text(name, list), summary(list, r)...)
	}
	if err != nil {
		return err
	}
	_, err = out.Write(text)
	return err
}

// summary is the last line of a text: what was found, and how far claims and
// statements cover each other.
func summary(list []lint.Finding, r *binding.Report) string {
	if r.Foreign != "" {
		return fmt.Sprintf("%d findings; no claim was bound: %s\n", len(list), r.Foreign)
	}
	c := runbook.Cover(r)
	return fmt.Sprintf("%d findings; %d statements: %d claimed, %d untestable for a reason, %d unclaimed (%d %% accounted for)\n",
		len(list), c.Statements, c.Claimed, c.Untestable, c.Unclaimed, c.Percent())
}
