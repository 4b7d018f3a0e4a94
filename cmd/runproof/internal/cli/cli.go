// Package cli puts the subcommands together and turns their errors into one
// line and an exit code.
package cli

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/clean"
	"github.com/runproof/runproof/cmd/runproof/internal/compare"
	"github.com/runproof/runproof/cmd/runproof/internal/complete"
	"github.com/runproof/runproof/cmd/runproof/internal/config"
	"github.com/runproof/runproof/cmd/runproof/internal/contract"
	"github.com/runproof/runproof/cmd/runproof/internal/doctor"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/explain"
	"github.com/runproof/runproof/cmd/runproof/internal/export"
	"github.com/runproof/runproof/cmd/runproof/internal/gameday"
	"github.com/runproof/runproof/cmd/runproof/internal/help"
	"github.com/runproof/runproof/cmd/runproof/internal/history"
	"github.com/runproof/runproof/cmd/runproof/internal/initialize"
	"github.com/runproof/runproof/cmd/runproof/internal/lab"
	"github.com/runproof/runproof/cmd/runproof/internal/lint"
	"github.com/runproof/runproof/cmd/runproof/internal/list"
	"github.com/runproof/runproof/cmd/runproof/internal/man"
	"github.com/runproof/runproof/cmd/runproof/internal/next"
	"github.com/runproof/runproof/cmd/runproof/internal/report"
	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/cmd/runproof/internal/verify"
	"github.com/runproof/runproof/scenarios/suggest"
)

// Run runs one command line and returns the exit code.
func Run(args []string, stdout, stderr io.Writer) int {
	// What is printed may quote a target. Here nobody can forget it.
	out, errs := screen.New(stdout), screen.New(stderr)
	root, settings := newCmd(out, errs)
	root.SetArgs(args)
	err := config.Named(root.Execute(), *settings)
	if err != nil && err.Error() != "" {
		fmt.Fprintf(errs, "runproof: %s\n", screen.Line(exit.Line(err)))
	}
	return exit.Code(err)
}

// groups are the commands under the headings of the help, in its order.
func groups() []group {
	return []group{
		{"prove", "Prove what the runbook says:", []*cobra.Command{verify.NewCmd(), contract.NewCmd(), report.NewCmd(), compare.NewCmd(), history.NewCmd()}},
		{"practise", "Practise and break it by hand:", []*cobra.Command{gameday.NewCmd(), lab.NewCmd()}},
		{"read", "Read and write the runbook:", []*cobra.Command{lint.NewCmd(), list.NewCmd(), explain.NewCmd(), export.NewCmd(), initialize.NewCmd()}},
		{"machine", "This machine and this program:", []*cobra.Command{doctor.NewCmd(), clean.NewCmd(), config.NewCmd()}},
	}
}

type group struct {
	id, heading string
	commands    []*cobra.Command
}

// newCmd makes the root command. The settings are those of the command that is
// executed, once it is.
func newCmd(stdout, stderr *screen.Terminal) (*cobra.Command, *[]config.Effective) {
	settings := new([]config.Effective)
	root := &cobra.Command{
		Use:   "runproof",
		Short: "Test a runbook's claims against a running service",
		Long: "runproof injects the faults that a runbook describes, checks whether the service behaves as documented, " +
			"and gives a verdict on every claim of the runbook.\n\n" +
			"Exit codes: 0 everything passed, 1 the service broke a promise, 2 usage error, 3 undecided (the " +
			"harness, its stack or a fault failed, a result was flaky, or nothing was decided).",
		Example:       "  runproof doctor\n  runproof verify database-refused --stack processes",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknown(cmd, args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			screen.Of(cmd.OutOrStdout()).Prose(situation(cmd).Text())
			return nil
		},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) (err error) {
			*settings, err = config.Apply(cmd)
			return err
		},
	}
	config.AddFlag(root)
	root.SuggestionsMinimumDistance = nearby
	for _, g := range groups() {
		root.AddGroup(&cobra.Group{ID: g.id, Title: g.heading})
		for _, cmd := range g.commands {
			cmd.GroupID = g.id
			root.AddCommand(cmd)
		}
	}
	root.SetOut(stdout)
	root.SetErr(stderr)
	help.Install(root)
	// Cobra would add these two when it executes; what is wrong with their
	// arguments is wrong usage, too. The second keeps the output it is made with.
	root.SetHelpCommandGroupID("machine")
	root.SetCompletionCommandGroupID("machine")
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	root.SetFlagErrorFunc(wrongFlag)
	root.AddCommand(man.NewCmd())
	complete.Install(root)
	for _, cmd := range root.Commands() {
		codeArguments(cmd)
		switch cmd.Name() {
		case "help":
			cmd.Args = helped
			cmd.Example = "  runproof help\n  runproof help verify"
		case "completion":
			cmd.Short = "Write a completion script for a shell"
			cmd.Example = "  source <(runproof completion bash)\n  runproof completion zsh > \"${fpath[1]}/_runproof\""
		}
	}
	return root, settings
}

// situation is what the advice on what to do next depends on. What is wrong with the
// configuration is said by the command that needs it.
func situation(root *cobra.Command) next.Situation {
	dir, _ := bundle.Directory(config.Value(root, "verify.out"))
	return next.Situation{Runs: dir, Config: config.File(root)}
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

// wrongFlag says what is wrong with a flag, and what to do about it.
func wrongFlag(cmd *cobra.Command, err error) error {
	var missing *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	var valueless *pflag.ValueRequiredError
	switch {
	case errors.As(err, &missing):
		var known []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
		if near := suggest.Nearest(missing.GetSpecifiedName(), known); near != "" && missing.GetSpecifiedShortnames() == "" {
			return exit.Usage("%w; did you mean --%s?", err, near)
		}
		return exit.Usage("%w; %s --help lists the flags", err, cmd.CommandPath())
	case errors.As(err, &invalid):
		return exit.Usage("--%s %q is not %s", invalid.GetFlag().Name, invalid.GetValue(), config.Kind(invalid.GetFlag()))
	case errors.As(err, &valueless):
		return exit.Usage("--%s needs a value: %s --help says which", valueless.GetFlag().Name, cmd.CommandPath())
	}
	return exit.Usage("%w; %s --help lists the flags", err, cmd.CommandPath())
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
			err := check(cmd, args)
			var coded *exit.Error
			switch {
			case err == nil:
				return nil
			case errors.As(err, &coded):
				return err
			case len(args) > 0 && !cmd.HasSubCommands():
				return exit.Usage("%s takes no argument %q; %s --help shows its usage", cmd.Name(), args[0], cmd.CommandPath())
			}
			return exit.Usage("%w", err)
		}
	}
	for _, below := range cmd.Commands() {
		codeArguments(below)
	}
}
