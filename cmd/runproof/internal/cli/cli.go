// Package cli puts the subcommands together and turns their errors into one
// line and an exit code.
package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/clean"
	"github.com/runproof/runproof/cmd/runproof/internal/doctor"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/explain"
	"github.com/runproof/runproof/cmd/runproof/internal/initialize"
	"github.com/runproof/runproof/cmd/runproof/internal/lint"
	"github.com/runproof/runproof/cmd/runproof/internal/list"
	"github.com/runproof/runproof/cmd/runproof/internal/verify"
)

// Run runs one command line and returns the exit code.
func Run(args []string, stdout, stderr io.Writer) int {
	root := newCmd()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.Execute()
	if err != nil && err.Error() != "" {
		fmt.Fprintf(stderr, "runproof: %s\n", exit.Line(err))
	}
	return exit.Code(err)
}

func newCmd() *cobra.Command {
	root := &cobra.Command{
		Use:   "runproof",
		Short: "Test what a runbook promises",
		Long: "runproof breaks what a runbook says can break, looks whether the service behaves as documented,\n" +
			"and gives a verdict on every claim of the runbook.\n\n" +
			"Exit codes: 0 all passed, 1 the service broke a promise, 2 wrong usage, 3 undecided (the harness,\n" +
			"its stack or a fault failed, or nothing was decided).",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return exit.Usage("there is no command %q; runproof --help lists them", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(verify.NewCmd(), list.NewCmd(), explain.NewCmd(), lint.NewCmd(), initialize.NewCmd(), doctor.NewCmd(), clean.NewCmd())
	return root
}
