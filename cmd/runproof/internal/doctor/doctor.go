// Package doctor is the subcommand that checks which stacks this machine can
// run, what is missing, and how to fix it.
package doctor

import (
	"context"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/verify"
	"github.com/runproof/runproof/fixtures/containers"
	"github.com/runproof/runproof/fixtures/guard"
	"github.com/runproof/runproof/fixtures/preflight"
	"github.com/runproof/runproof/fixtures/processes"
	"github.com/runproof/runproof/fixtures/stack"
)

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var bring bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check which stacks this machine can run, and how to fix what is missing",
		Long: "Check which stacks this machine can run, what is missing, and how to fix it. One stack is enough: " +
			"exit 3 says that there is none.",
		Example: "  runproof doctor\n  runproof doctor --images",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			if bring {
				return bringImages(ctx, cmd.OutOrStdout())
			}
			if err := operatorsTools(cmd.OutOrStdout(), trySandbox(ctx)); err != nil {
				return err
			}
			return report(cmd.OutOrStdout(), append(processes.Check(ctx), preflight.Findings(os.TempDir(), verify.DefaultJobs)...), containers.Check(ctx))
		},
	}
	cmd.Flags().BoolVar(&bring, "images", false, "pull or build the images of the containers stack, and exit")
	return cmd
}

// bringImages does beforehand what the first run on containers would do.
func bringImages(ctx context.Context, out io.Writer) (err error) {
	g, err := guard.Start(ctx, "images-"+uuid.NewString())
	if err != nil {
		return exit.Undecided("guard: %w", err)
	}
	defer func() {
		if left := g.Close(context.WithoutCancel(ctx)); left != nil && err == nil {
			err = exit.Undecided("clean-up: %w", left)
		}
	}()
	got, err := containers.Images(ctx, g, func(text string) { fmt.Fprintln(out, text) })
	if err != nil {
		return exit.Undecided("images: %w", err)
	}
	for _, image := range got {
		fmt.Fprintf(out, "%s  %s\n", image.Ref, image.Digest)
	}
	return nil
}

// report prints the findings. One stack that can be opened is enough: only
// when neither can does doctor end with 3.
func report(out io.Writer, ofProcesses, ofContainers []stack.Finding) error {
	fine := 0
	for _, part := range []struct {
		stack    string
		findings []stack.Finding
	}{{stack.KindProcesses, ofProcesses}, {stack.KindContainers, ofContainers}} {
		ok := true
		table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		fmt.Fprintf(out, "--stack %s\n", part.stack)
		for _, f := range part.findings {
			mark := "ok"
			if !f.OK {
				mark, ok = "MISSING", false
			}
			fmt.Fprintf(table, "  %s\t%s\t%s\n", mark, f.Name, f.Detail)
			if f.Fix != "" {
				fmt.Fprintf(table, "  \t\tfix: %s\n", f.Fix)
			}
		}
		if err := table.Flush(); err != nil {
			return exit.Undecided("doctor: %w", err)
		}
		if ok {
			fine++
		}
	}
	if fine == 0 {
		return exit.Undecided("doctor: this machine can run neither stack")
	}
	return nil
}
