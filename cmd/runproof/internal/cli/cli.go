// Package cli puts the subcommands together and turns their errors into one
// line and an exit code.
package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/clean"
	"github.com/runproof/runproof/cmd/runproof/internal/compare"
	"github.com/runproof/runproof/cmd/runproof/internal/doctor"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/explain"
	"github.com/runproof/runproof/cmd/runproof/internal/gameday"
	"github.com/runproof/runproof/cmd/runproof/internal/history"
	"github.com/runproof/runproof/cmd/runproof/internal/initialize"
	"github.com/runproof/runproof/cmd/runproof/internal/lab"
	"github.com/runproof/runproof/cmd/runproof/internal/lint"
	"github.com/runproof/runproof/cmd/runproof/internal/list"
	"github.com/runproof/runproof/cmd/runproof/internal/report"
	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/cmd/runproof/internal/verify"
)

// Run runs one command line and returns the exit code.
func Run(args []string, stdout, stderr io.Writer) int {
	// What is printed may quote a target. Here nobody can forget it.
	stdout, stderr = screen.New(stdout), screen.New(stderr)
	root := newCmd(stdout, stderr)
	root.SetArgs(args)
	err := root.Execute()
	if err != nil && err.Error() != "" {
		fmt.Fprintf(stderr, "runproof: %s\n", screen.Line(exit.Line(err)))
	}
	return exit.Code(err)
}

func newCmd(stdout, stderr io.Writer) *cobra.Command {
	root := &cobra.Command{
		Use:   "runproof",
		Short: "Test a runbook's claims against a running service",
		Long: "runproof injects the faults that a runbook describes, checks whether the service behaves as\n" +
			"documented, and gives a verdict on every claim of the runbook.\n\n" +
			"Exit codes: 0 everything passed, 1 the service broke a promise, 2 usage error, 3 undecided (the\n" +
			"harness, its stack or a fault failed, a result was flaky, or nothing was decided).",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknown(cmd, args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SuggestionsMinimumDistance = nearby
	root.AddCommand(
		verify.NewCmd(),
		list.NewCmd(),
		explain.NewCmd(),
		lint.NewCmd(),
		initialize.NewCmd(),
		lab.NewCmd(),
		gameday.NewCmd(),
		doctor.NewCmd(),
		clean.NewCmd(),
		report.NewCmd(),
		compare.NewCmd(),
		history.NewCmd(),
	)
	root.SetOut(stdout)
	root.SetErr(stderr)
	// Cobra would add these two when it executes; what is wrong with their
	// arguments is wrong usage, too. The second keeps the output it is made with.
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return exit.Usage("%w", err) })
	for _, cmd := range root.Commands() {
		codeArguments(cmd)
		if cmd.Name() == "help" {
			cmd.Args = helped
		}
	}
	return root
}

// nearby is how many edits apart a misspelled command and a suggested one may be:
// as many as cobra's own suggestions allow.
const nearby = 2

// unknown is a command that is not there, with those that may be meant.
func unknown(root *cobra.Command, name string) error {
	near := root.SuggestionsFor(name)
	if len(near) == 0 {
		return exit.Usage("no such command %q; runproof --help lists them", name)
	}
	for i, n := range near {
		near[i] = strconv.Quote(n)
	}
	return exit.Usage("no such command %q; did you mean %s?", name, strings.Join(near, " or "))
}

// helped refuses help about what is not there; cobra would help with runproof
// itself, and end well.
func helped(cmd *cobra.Command, args []string) error {
	if _, rest, err := cmd.Root().Find(args); err != nil || len(rest) > 0 {
		return unknown(cmd.Root(), args[0])
	}
	return nil
}

// codeArguments makes wrong usage of what a command, or one below it, does not
// take. What comes after that, and carries no code, is not the user's mistake.
func codeArguments(cmd *cobra.Command) {
	if !cmd.Runnable() {
		// Without this cobra never looks at the arguments of a mere group.
		cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	}
	if check := cmd.Args; check != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return exit.Usage("%w", err)
			}
			return nil
		}
	}
	for _, below := range cmd.Commands() {
		codeArguments(below)
	}
}
