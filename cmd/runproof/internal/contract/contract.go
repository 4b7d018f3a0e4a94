// Package contract is the subcommand that asks the service, without any fault,
// for what its contract promises: the specs of suites/contract, from the binary.
package contract

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/choose"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures"
	"github.com/runproof/runproof/suites/contract"
)

// Options are the flags of contract.
type Options struct {
	choose.TargetFlags
	Stack string
	Out   string
	// Focus is a regular expression that a promise's name matches.
	Focus string
	Seed  int64
	List  bool
}

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:   "contract",
		Short: "Check the service against its API contract, without any fault",
		Long: "contract sends generated and broken requests, sequences, tokens of every kind, keys and pages to the\n" +
			"service that --target names (default: the reference), and judges every response by the suite's\n" +
			"own copy of the OpenAPI document. It injects no fault; verify does. Promises are checked one after\n" +
			"the other, in random order.",
		Example: "  runproof contract\n" +
			"  runproof contract --focus '^paging' --stack processes\n" +
			"  runproof contract --target bin/event-service --out ./runproof-out",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return run(cmd.Context(), o, cmd.OutOrStdout()) },
	}
	flags := cmd.Flags()
	o.TargetFlags.Add(flags)
	flags.StringVar(&o.Stack, "stack", fixtures.Auto, "how Postgres and Redis are run: "+strings.Join(fixtures.Kinds(), ", "))
	flags.StringVar(&o.Out, "out", "", "write the bundle to DIR/<run id>/ (default DIR: in the user's cache directory)")
	flags.StringVar(&o.Focus, "focus", "", "only promises whose name matches this regular expression")
	flags.Int64Var(&o.Seed, "seed", 0, "seed of the order and of what is generated (default: a new one, reported)")
	flags.BoolVar(&o.List, "list", false, "print the names of the promises and exit")
	return cmd
}

// plan is a command line that has been understood.
type plan struct {
	Options
	id     string
	chosen []string
	target choose.Target
}

// understand turns options into a plan. Its errors are usage errors.
func (o Options) understand() (plan, error) {
	p := plan{Options: o}
	if !slices.Contains(fixtures.Kinds(), o.Stack) {
		return p, exit.Usage("--stack %q is not one of %s", o.Stack, strings.Join(fixtures.Kinds(), ", "))
	}
	var err error
	if p.target, err = o.TargetFlags.Under(); err != nil {
		return p, err
	}
	if p.target.Profile.Foreign() {
		return p, exit.Usage("--profile %s says contract: %s, so there is no document to judge answers by", o.Profile, p.target.Profile.Contract)
	}
	focus, err := regexp.Compile(o.Focus)
	if err != nil {
		return p, exit.Usage("--focus: %w", err)
	}
	for _, name := range contract.Names() {
		if focus.MatchString(name) {
			p.chosen = append(p.chosen, name)
		}
	}
	if len(p.chosen) == 0 {
		return p, exit.Usage("no promise matches --focus %q; runproof contract --list prints them", o.Focus)
	}
	if p.Seed == 0 {
		p.Seed = 1 + rand.Int64N(1<<31)
	}
	p.id = fmt.Sprintf("contract-%s-%04x", time.Now().UTC().Format("20060102T150405Z"), rand.Uint32N(1<<16))
	return p, nil
}

func run(ctx context.Context, o Options, out io.Writer) error {
	p, err := o.understand()
	if err != nil {
		return err
	}
	if o.List {
		fmt.Fprintln(out, strings.Join(p.chosen, "\n"))
		return nil
	}
	return p.run(ctx, out)
}
