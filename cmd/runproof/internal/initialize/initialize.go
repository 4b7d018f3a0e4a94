// Package initialize is the subcommand "init": it writes a starter configuration with a CI
// job, and drafts the claims of a runbook that is not the event-service's.
package initialize

import (
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/files"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/starter"
)

// Options are the flags of init.
type Options struct {
	Runbook string
	Out     string
	// CI is the service whose job is written, with a configuration file; empty: none.
	CI string
}

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a starter runproof.yaml and a CI job, or draft the claims of a runbook",
		Long: "Without --runbook: write a starter runproof.yaml and a CI job into the working directory. With --runbook: " +
			"draft the claims of that runbook; with --ci as well, do both. Nothing that is there is overwritten.",
		Example: "  runproof init\n  runproof init --ci gitlab\n  runproof init --runbook docs/runbook.md --out claims.yaml",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return run(o, cmd.OutOrStdout()) },
	}
	cmd.Flags().StringVar(&o.Runbook, "runbook", "", "runbook `file` to draft claims from")
	cmd.Flags().StringVar(&o.Out, "out", "", "`file` to write the claims to; must not exist (default: standard output)")
	cmd.Flags().StringVar(&o.CI, "ci", "", "write runproof.yaml and the job of this CI `service`: github, gitlab (default: github without --runbook)")
	return cmd
}

func run(o Options, out io.Writer) error {
	if o.CI == "" && o.Runbook == "" {
		o.CI = "github"
	}
	if o.CI != "" && ciFiles[o.CI] == "" {
		return exit.Usage("--ci %q is not one of github, gitlab", o.CI)
	}
	if o.Out != "" && o.Runbook == "" {
		return exit.Usage("--out is the file for the claims of a runbook: name one by --runbook")
	}
	if o.CI != "" {
		if err := project(o, out); err != nil || o.Runbook == "" {
			return err
		}
	}
	return claims(o, out)
}

// claims drafts the claims of a runbook.
func claims(o Options, out io.Writer) error {
	text, err := runbook.Read(o.Runbook)
	if err != nil {
		return exit.Usage("%w", err)
	}
	d := document.Parse(text)
	if len(d.Statements) == 0 {
		return exit.Usage("%s: no statements found", o.Runbook)
	}
	skeleton := starter.New(d)
	written, err := skeleton.Encode(filepath.Base(o.Runbook))
	if err != nil {
		return exit.Undecided("%w", err)
	}
	if o.Out == "" {
		_, err := out.Write(written)
		return err
	}
	if err := files.Create(o.Out, written); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: %d claims recognised, %d statements without a fact\n", o.Out, len(skeleton.Claims), len(skeleton.Unrecognised))
	return nil
}
