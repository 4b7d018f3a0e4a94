// Package lint is the subcommand that checks a runbook statically. It starts
// nothing and takes seconds.
package lint

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/claimset"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/lock"
	"github.com/runproof/runproof/scenarios/runbook/render"
)

// Options are the flags of lint.
type Options struct {
	// Paths are runbooks, and folders of them.
	Paths   []string
	Runbook string
	Lock    bool
	Output  string
	// Severity is the lightest finding that is reported, Disable are rules that
	// are not applied.
	Severity string
	Disable  []string
	// Fix is the file to write a fixed copy to, Findings the bundle of a run
	// whose findings are to be fixed too.
	Fix, Findings string
	// Repository is a folder whose files the runbook is held against.
	Repository string

	// Files are those whose claims the runbook is held against.
	Files claimset.Files

	set   runbook.Set
	aside io.Writer // for what is no part of a format for programs
}

// findings is the exit code of a runbook with something wrong.
const findings = 1

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:   "lint [runbook or directory ...]",
		Short: "Check a runbook statically; starts nothing",
		Long: "Check a runbook statically; starts nothing. Reports commands, SQL and JSON that do not parse, dead\n" +
			"links, contradictions, and text that no longer matches its claims: each cause once, with its severity\n" +
			"and its other lines. Several runbooks, or a directory, are also held against each other.\n\n" +
			"A rule is switched off by --disable, or where a comment above the line, below a heading or at the top\n" +
			"of the document says so and why: <!-- runproof: ignore RULE reason -->.\n\n" +
			"Exit codes: 0 clean, 1 findings, 2 usage error.",
		Example: "  runproof lint\n  runproof lint docs/runbooks --severity warning\n  runproof lint --runbook docs/runbook.md --output sarif > lint.sarif\n  runproof lint --lock\n  runproof lint --runbook docs/runbook.md --fix fixed.md\n  runproof lint --runbook docs/runbook.md --against .",
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Paths, o.aside = args, cmd.ErrOrStderr()
			return run(o, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&o.Runbook, "runbook", "", "runbook to check (default: the embedded event-service runbook)")
	o.Files.AddFlags(cmd.Flags())
	cmd.Flags().BoolVar(&o.Lock, "lock", false, "fail if runbook or code changed since "+lock.FileName+" was written")
	cmd.Flags().StringVar(&o.Severity, "severity", string(lint.Info), "report findings of this severity and above: error, warning or info")
	cmd.Flags().StringSliceVar(&o.Disable, "disable", nil, "rules not to apply, by the names in brackets")
	cmd.Flags().StringVar(&o.Fix, "fix", "", "write a copy with all automatic fixes applied to this file, and print the diff")
	cmd.Flags().StringVar(&o.Findings, "findings", "", "with --fix: also fix the hazards found by the run in this bundle (directory)")
	cmd.Flags().StringVar(&o.Repository, "against", "", "hold the runbook against the manifests, contracts, alerts, migrations and images in this directory")
	cmd.Flags().StringVar(&o.Output, "output", "text", "output format: text, json, sarif or github (annotations of a workflow)")
	return cmd
}

// check refuses options that do not fit together.
func (o Options) check() error {
	switch {
	case !slices.Contains([]string{"text", "json", "sarif", "github"}, o.Output):
		return exit.Usage("--output %q is not one of text, json, sarif, github", o.Output)
	case o.Severity != "" && !slices.Contains(lint.Severities(), lint.Severity(o.Severity)):
		return exit.Usage("--severity %q is not one of error, warning, info", o.Severity)
	case len(o.Paths) > 0 && o.Runbook != "":
		return exit.Usage("give the runbook as an argument or by --runbook, not both")
	case !o.Files.None() && len(o.Paths) == 0 && o.Runbook == "":
		return exit.Usage("--claims without a runbook: name the document that makes the claims")
	case !o.Files.None() && len(o.Files.Claims) == 0:
		return exit.Usage("--scenarios without --claims: name the file of claims that the scenarios try")
	case o.Lock && !o.Files.None() && len(o.Files.Scenarios) == 0:
		return exit.Usage("--lock needs --scenarios beside --claims: the lock is of both")
	case o.Findings != "" && o.Fix == "":
		return exit.Usage("--findings requires --fix")
	case o.Fix != "" && o.Repository != "":
		return exit.Usage("--fix and --against cannot be combined: no machine knows which side is right")
	case o.Fix != "" && (o.Lock || o.Output != "text"):
		return exit.Usage("--fix prints a diff and cannot be combined with --lock or --output")
	}
	return nil
}

func run(o Options, out io.Writer) error {
	if err := o.check(); err != nil {
		return err
	}
	opened, err := o.Files.Open()
	if err != nil {
		return err
	}
	o.set = opened.Set
	paths, err := documents(o.Paths)
	if err != nil {
		return err
	}
	all, facts, err := rulesOf(o)
	if err != nil {
		return err
	}
	if len(paths) > 1 {
		if o.Fix != "" || o.Lock {
			return exit.Usage("--fix and --lock take one runbook; %d were given", len(paths))
		}
		return folder(o, paths, all, facts, out)
	}
	if len(paths) == 1 {
		o.Runbook = paths[0]
	}
	text, err := runbook.Read(o.Runbook)
	if err != nil {
		return exit.Usage("%w", err)
	}
	if o.Fix != "" {
		return autofix(o, text, all, out)
	}
	in := input(o.set, o.Runbook, text)
	list := lint.Run(in, all)
	if o.Lock {
		drift, err := drift(o.set, o.Runbook, in.Binding)
		if err != nil {
			return err
		}
		list = append(list, drift...)
	}
	list = o.heavy(list)
	if err := write(o, []lint.Linted{{Name: nameOf(o.Runbook), Findings: list}}, all, summary(list, in.Binding), out); err != nil {
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

// heavy are the findings that are reported.
func (o Options) heavy(list []lint.Finding) []lint.Finding {
	least := lint.Severity(o.Severity)
	return slices.DeleteFunc(list, func(f lint.Finding) bool { return o.Severity != "" && !f.Severity.AtLeast(least) })
}

// input is a runbook as rules look at it.
func input(set runbook.Set, path string, text []byte) lint.Input {
	d := document.Parse(text)
	in := lint.Input{Document: d, Binding: set.BindDocument(d), Excuse: runbook.Excuse}
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
func drift(set runbook.Set, path string, r *binding.Report) ([]lint.Finding, error) {
	text, err := os.ReadFile(runbook.LockFile(path))
	if err != nil {
		return nil, exit.Usage("no lock to compare with (runproof verify --lock writes it): %w", err)
	}
	l, err := lock.Decode(text)
	if err != nil {
		return nil, exit.Usage("%s: %w", runbook.LockFile(path), err)
	}
	return l.Drift(r, set.Scenarios), nil
}

func write(o Options, list []lint.Linted, all []lint.Rule, last string, out io.Writer) (err error) {
	var text []byte
	switch {
	case o.Output == "json" && len(list) == 1:
		text, err = render.JSON(list[0])
	case o.Output == "json":
		text, err = render.JSONOfAll(list)
	case o.Output == "sarif":
		text, err = render.SARIF(list, all)
	default:
		for _, l := range list {
			if o.Output == "github" {
				text = append(text, render.Annotations(l.Name, l.Findings)...)
			} else {
				text = append(text, render.Text(l.Name, l.Findings)...)
			}
		}
		text = append(text, last...)
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
		return fmt.Sprintf("%s; no claim was bound: %s\n", counted(list), r.Foreign)
	}
	c := runbook.Cover(r)
	return fmt.Sprintf("%s; %d statements: %d claimed, %d untestable for a reason, %d unclaimed (%d %% accounted for)\n",
		counted(list), c.Statements, c.Claimed, c.Untestable, c.Unclaimed, c.Percent())
}
