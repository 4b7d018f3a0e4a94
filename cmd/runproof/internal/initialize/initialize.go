// Package initialize is the subcommand "init": it drafts the claims of a runbook
// that is not the event-service's.
package initialize

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/starter"
)

// Options are the flags of init.
type Options struct {
	Runbook string
	Out     string
}

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:     "init --runbook FILE",
		Short:   "Draft the claims of another runbook",
		Example: "  runproof init --runbook docs/runbook.md > claims.yaml\n  runproof init --runbook docs/runbook.md --out claims.yaml",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return run(o, cmd.OutOrStdout()) },
	}
	cmd.Flags().StringVar(&o.Runbook, "runbook", "", "runbook to draft from (required)")
	cmd.Flags().StringVar(&o.Out, "out", "", "file to write; must not exist (default: standard output)")
	return cmd
}

func run(o Options, out io.Writer) error {
	if o.Runbook == "" {
		return exit.Usage("init needs --runbook FILE")
	}
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
	file, err := os.OpenFile(o.Out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return exit.Usage("%s already exists; init does not overwrite", o.Out)
	}
	if err != nil {
		return exit.Usage("%w", err)
	}
	_, err = file.Write(written)
	if err = errors.Join(err, file.Close()); err != nil {
		return exit.Undecided("%w", err)
	}
	fmt.Fprintf(out, "%s: %d claims recognised, %d statements without a fact\n", o.Out, len(skeleton.Claims), len(skeleton.Unrecognised))
	return nil
}
