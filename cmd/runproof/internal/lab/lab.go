// Package lab is the subcommand that keeps the service and all that it depends on
// running, for people to break.
//
//	lab.go      opens the lab, and takes it down again
//	commands.go what can be done in it
//	prompt.go   reads commands from the terminal
//	control.go  takes commands from other terminals
//	skeleton.go what was done, as the skeleton of a scenario
package lab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures"
	"github.com/runproof/runproof/fixtures/guard"
	"github.com/runproof/runproof/fixtures/lab"
	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/fixtures/profile"
	"github.com/runproof/runproof/fixtures/target"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// closeDeadline bounds the healing of everything and the taking down.
const closeDeadline = 2 * time.Minute

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var stack string
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
				return send(cmd.Context(), args, cmd.OutOrStdout())
			}
			return run(cmd.Context(), stack, cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
	// What comes behind the command is the command's.
	cmd.Flags().SetInterspersed(false)
	cmd.Flags().StringVar(&stack, "stack", fixtures.Auto, "where Postgres and Redis run: "+strings.Join(fixtures.Kinds(), ", "))
	return cmd
}

func run(ctx context.Context, stack string, in io.Reader, out io.Writer) (err error) {
	if !slices.Contains(fixtures.Kinds(), stack) {
		return exit.Usage("--stack %s is none of %s", stack, strings.Join(fixtures.Kinds(), ", "))
	}
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	g, err := guard.Start(ctx, fmt.Sprintf("lab-%s-%04x", time.Now().UTC().Format("20060102T150405Z"), rand.Uint32N(1<<16)))
	if err != nil {
		return exit.Undecided("guard: %w", err)
	}
	closeIn := func(what string, shut func(context.Context) error) {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeDeadline)
		defer cancel()
		if left := shut(closing); left != nil {
			err = errors.Join(err, exit.Undecided("clean-up of the %s: %w", what, left))
		}
	}
	defer closeIn("guard", g.Close)
	say := func(text string) { fmt.Fprintln(out, text) }
	shared, err := fixtures.Open(ctx, stack, g, say)
	if err != nil {
		return exit.Undecided("stack: %w", err)
	}
	defer closeIn("stack", shared.Close)
	binary, err := target.Find(ctx, profile.Reference().Build)
	if err != nil {
		return exit.Undecided("target: %w", err)
	}
	testbed, err := lane.NewTestbed(ctx, g, shared, binary, profile.Reference())
	if err != nil {
		return exit.Undecided("%w", err)
	}
	opened, closeLab, err := lab.Open(ctx, testbed, symptoms.All())
	if err != nil {
		return exit.Undecided("lab: %w", err)
	}
	defer closeIn("lab", closeLab)
	control, err := listen(g.Dir(), opened)
	if err != nil {
		return exit.Undecided("control socket: %w", err)
	}
	defer control.close()
	if err := execute(ctx, opened, []string{"info"}, out); err != nil {
		return err
	}
	return prompt(ctx, opened, in, out)
}
