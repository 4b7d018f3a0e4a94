package doctor

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/google/uuid"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures/guard"
	"github.com/runproof/runproof/fixtures/operator"
	"github.com/runproof/runproof/fixtures/sandbox"
)

// trySandbox makes one, as a run does with its first command.
func trySandbox(ctx context.Context) (err error) {
	g, err := guard.Start(ctx, "doctor-"+uuid.NewString())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.Close(context.WithoutCancel(ctx))) }()
	_, err = sandbox.Open(ctx, g)
	return err
}

// operatorsTools reports the sandbox and the tools for a runbook's commands. What
// is missing leaves commands UNTESTED; no stack depends on it.
func operatorsTools(out io.Writer, sandboxed error) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "runbook commands")
	if sandboxed == nil {
		fmt.Fprintln(table, "  ok\tsandbox\tnamespaces can be created")
	} else {
		fmt.Fprintf(table, "  MISSING\tsandbox\t%v: every command stays UNTESTED\n", sandboxed)
		var lacking *sandbox.Unavailable
		if errors.As(sandboxed, &lacking) && lacking.Fix != "" {
			fmt.Fprintf(table, "  \t\tfix: %s\n", lacking.Fix)
		}
	}
	if names, packages := operator.Missing(); len(names) == 0 {
		fmt.Fprintln(table, "  ok\ttools\tall found; kubectl is not checked")
	} else {
		fmt.Fprintf(table, "  MISSING\ttools\t%s: commands that use them stay UNTESTED\n", strings.Join(names, ", "))
		fmt.Fprintf(table, "  \t\tfix: apt-get install %s\n", strings.Join(packages, " "))
	}
	if err := table.Flush(); err != nil {
		return exit.Undecided("doctor: %w", err)
	}
	return nil
}
