// Package verify is the subcommand that does the main job: break, watch, heal,
// judge, report.
package verify

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/runproof/runproof/cmd/runproof/internal/choose"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/lock"
)

// Reference is the only target so far: the event-service of this repository.
const Reference = "reference"

// Options are the flags of verify.
type Options struct {
	Filter  choose.Filter
	Stack   string
	Target  string
	Runbook string
	Out     string
	Jobs    int
	Seed    int64
	Budget  time.Duration
	Control bool
	Strict  bool
	// Arms puts the remedies on trial as well.
	Arms bool
	// Repeat plays everything so many times.
	Repeat int
	// MinTested is the least share of claims, in per cent, that must be decided.
	MinTested int
	// Lock puts a run that passed on record, beside the runbook.
	Lock bool
}

// DefaultJobs is how many scenarios are played side by side. They mostly wait:
// on two cores a full run on processes takes 1.64 times its floor with twelve,
// and 1.47 times with sixteen.
const DefaultJobs = 16

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:   "verify [SCENARIO...]",
		Short: "Play the runbook's symptoms and judge its claims",
		Example: "  runproof verify\n" +
			"  runproof verify database-refused --stack processes\n" +
			"  runproof verify --severity P1 --out ./runproof-out\n" +
			"  runproof verify --control",
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Filter.Names = args
			return run(cmd.Context(), o, cmd.OutOrStdout())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.Stack, "stack", fixtures.Auto, "what runs Postgres and Redis: "+strings.Join(fixtures.Kinds(), ", "))
	flags.StringVar(&o.Target, "target", Reference, "the service under test: "+Reference)
	flags.StringVar(&o.Runbook, "runbook", "", "the runbook on trial (default: the embedded edition)")
	flags.StringVar(&o.Filter.Section, "section", "", "only scenarios of this section of the runbook")
	flags.StringVar(&o.Filter.Severity, "severity", "", "only scenarios of this severity (P1 to P4)")
	flags.StringVar(&o.Out, "out", "", "where the bundle goes, as DIR/<run id>/ (default: the user's cache directory)")
	flags.IntVar(&o.Jobs, "jobs", DefaultJobs, "how many scenarios are played side by side, at most; new ones are delayed (up to 10 s) while the host is overloaded")
	flags.Int64Var(&o.Seed, "seed", 0, "what random choices are drawn from, such as the order of play (default: a new one, reported)")
	flags.DurationVar(&o.Budget, "budget", 0, "end the run after this time, undecided (default: none)")
	flags.BoolVar(&o.Control, "control", false, "play without any fault: nothing expected of a fault may be seen")
	flags.BoolVar(&o.Arms, "arms", false, "put each remedy on trial as well: fault stays or is lifted, remedy done or nothing")
	flags.IntVar(&o.Repeat, "repeat", 1, "play everything so many times, each in another order; what comes out differently is flaky (exit 3)")
	flags.BoolVar(&o.Strict, "strict", false, "let inferred checks (good practice) decide as well")
	flags.IntVar(&o.MinTested, "min-tested", 0, "end with 3 if less than this share of the claims, in per cent, is decided")
	flags.BoolVar(&o.Lock, "lock", false, "when all scenarios passed, put on record what was proven: "+lock.FileName+" beside the runbook")
	return cmd
}

// plan is a command line that has been understood.
type plan struct {
	Options
	id       string
	chosen   []scenarios.Scenario
	document record.Document
	text     []byte
}

// understand turns options into a plan. Its errors are usage errors.
func (o Options) understand() (plan, error) {
	p := plan{Options: o}
	if !slices.Contains(fixtures.Kinds(), o.Stack) {
		return p, exit.Usage("--stack %q is none of %s", o.Stack, strings.Join(fixtures.Kinds(), ", "))
	}
	if o.Target != Reference {
		return p, exit.Usage("--target %q is not known; there is: %s", o.Target, Reference)
	}
	if o.Jobs < 1 {
		return p, exit.Usage("--jobs %d is less than one", o.Jobs)
	}
	if o.Repeat < 1 {
		return p, exit.Usage("--repeat %d is less than one", o.Repeat)
	}
	if o.Budget < 0 {
		return p, exit.Usage("--budget %s is negative", o.Budget)
	}
	if o.MinTested < 0 || o.MinTested > 100 {
		return p, exit.Usage("--min-tested %d is no percentage", o.MinTested)
	}
	if err := o.lockable(); err != nil {
		return p, err
	}
	var err error
	if p.chosen, err = choose.Scenarios(o.Filter); err != nil {
		return p, err
	}
	if err = p.armed(); err != nil {
		return p, err
	}
	if p.text, err = runbook.Read(o.Runbook); err != nil {
		return p, exit.Usage("%w", err)
	}
	p.document = runbook.Identify(o.Runbook, p.text)
	for _, s := range p.chosen {
		if err := s.Validate(); err != nil {
			return p, exit.Undecided("%w", err)
		}
	}
	if p.Seed == 0 {
		p.Seed = 1 + rand.Int64N(1<<31)
	}
	p.id = fmt.Sprintf("%s-%04x", time.Now().UTC().Format("20060102T150405Z"), rand.Uint32N(1<<16))
	return p, nil
}

// mode is the arm that is played.
func (o Options) mode() scenarios.Mode {
	if o.Control {
		return scenarios.Control
	}
	return scenarios.Verify
}

// inOrderOfPlay shuffles the scenarios by the seed, and puts those first that
// wait longest, then those with the largest budget: the run ends with the last
// of them.
func (p plan) inOrderOfPlay() []scenarios.Scenario {
	order := slices.Clone(p.chosen)
	draw := rand.New(rand.NewPCG(uint64(p.Seed), 0))
	draw.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	slices.SortStableFunc(order, func(a, b scenarios.Scenario) int {
		return cmp.Or(cmp.Compare(b.Floor(), a.Floor()), cmp.Compare(b.Budget, a.Budget))
	})
	return order
}

// inOrderOfRunbook puts results back into the order of the scenarios chosen.
func (p plan) inOrderOfRunbook(results []judge.Result) []judge.Result {
	var ordered []judge.Result
	for _, s := range p.chosen {
		for _, r := range results {
			if r.Scenario == s.ID {
				ordered = append(ordered, r)
			}
		}
	}
	return ordered
}

// decided is the share of claims that the ledger calls TRUE, FALSE or HAZARD,
// in per cent of those that a machine can decide.
func decided(rows []ledger.LedgerRow) int {
	n, all := 0, 0
	for _, row := range rows {
		if row.Untestable != "" {
			continue
		}
		all++
		switch row.Verdict {
		case ledger.True, ledger.False, ledger.Hazard:
			n++
		}
	}
	if all == 0 {
		return 0
	}
	return 100 * n / all
}

// withBudget bounds the run as the options say.
func (o Options) withBudget(ctx context.Context) (context.Context, context.CancelFunc) {
	if o.Budget == 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, o.Budget)
}
