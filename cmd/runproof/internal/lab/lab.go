// Package lab is the subcommand that keeps the service and all that it depends on
// running, for people to break.
//
//	lab.go      the command
//	open.go     opens the lab, and takes it down again
//	commands.go what can be done in it
//	prompt.go   reads commands from the terminal
//	console.go  the same by a page in a browser
//	skeleton.go what was done, as the skeleton of a scenario
package lab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/choose"
	"github.com/runproof/runproof/cmd/runproof/internal/claimset"
	"github.com/runproof/runproof/cmd/runproof/internal/control"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures"
	"github.com/runproof/runproof/scenarios"
)

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var stack string
	var under choose.TargetFlags
	var files claimset.Files
	cmd := &cobra.Command{
		Use:   "lab [COMMAND]",
		Short: "Keep the service and its dependencies running, and break them by hand",
		Long: "Without a command: starts the stack and the service, prints where everything is, and reads commands\n" +
			"until ^D, ^C or \"quit\". Whatever ends it, all faults are healed and everything is removed.\n" +
			"With a command: sends it to the lab that runs in another terminal.\n\n" + summary(),
		Example: "  runproof lab --stack processes\n" +
			"  runproof lab inject database-refused\n" +
			"  runproof lab inject latency redis 300ms",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return control.Send(cmd.Context(), "lab", "", args, cmd.OutOrStdout())
			}
			if err := files.Played("any"); err != nil {
				return err
			}
			set, err := files.Open()
			if err != nil {
				return err
			}
			return run(cmd.Context(), stack, under, set.Scenarios, cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
	// What comes behind the command is the command's.
	cmd.Flags().SetInterspersed(false)
	cmd.Flags().StringVar(&stack, "stack", fixtures.Auto, "where Postgres and Redis run: "+strings.Join(fixtures.Kinds(), ", "))
	under.Add(cmd.Flags())
	files.AddFlags(cmd.Flags())
	return cmd
}

func run(ctx context.Context, stack string, under choose.TargetFlags, list []scenarios.Scenario, in io.Reader, out io.Writer) (err error) {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	opened, closeAll, err := Open(ctx, "lab", stack, under, list, func(text string) { fmt.Fprintln(out, text) })
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeAll()) }()
	others, err := control.Listen(opened.Dir, "lab", func(ctx context.Context, args []string, out io.Writer) error {
		err := execute(ctx, opened.Lab, args, out)
		if errors.Is(err, errQuit) {
			return exit.Usage("a lab is ended in its own terminal")
		}
		return err
	})
	if err != nil {
		return exit.Undecided("control socket: %w", err)
	}
	defer others.Close()
	page, err := openConsole(opened.Lab)
	if err != nil {
		return exit.Undecided("console: %w", err)
	}
	defer page.server.Close()
	opened.Console = page.server.Address(page.token)
	if err := execute(ctx, opened.Lab, []string{"info"}, out); err != nil {
		return err
	}
	return readCommands(ctx, opened.Lab, in, out)
}
