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

	"github.com/runproof/runproof/cmd/runproof/internal/accept"
	"github.com/runproof/runproof/cmd/runproof/internal/choose"
	"github.com/runproof/runproof/cmd/runproof/internal/claimset"
	"github.com/runproof/runproof/cmd/runproof/internal/config"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/help"
	"github.com/runproof/runproof/fixtures"
	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/lock"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// Options are the flags of verify.
type Options struct {
	Filter choose.Filter
	Files  claimset.Files
	Stack  string
	choose.ClusterFlags
	choose.TargetFlags
	choose.RunningFlags
	Runbook string
	Out     string
	Jobs    int
	Seed    int64
	Budget  time.Duration
	Control bool
	Strict  bool
	// Arms tries the remedies as well.
	Arms bool
	// FailFast ends the run at the first scenario that fails.
	FailFast bool
	// Repeat is the number of runs.
	Repeat int
	// MinTested is the least share of claims, in per cent, that must be decided.
	MinTested int
	// Pack writes the bundle into one file as well.
	Pack bool
	// Lock writes what a run proved to a file beside the runbook.
	Lock bool
	// Shards is among how many machines a run is divided, 0 for a whole one, and Shard
	// which of them this is, from 1 on.
	Shards, Shard int
	// Silent prints nothing before the end.
	Silent bool
	// Baseline is another build, or a bundle, to compare with, and Accept the file
	// of known deviations.
	Baseline, Accept string
}

// DefaultJobs is how many scenarios run in parallel. They mostly wait:
// on two cores a full run on processes takes 1.64 times its floor with twelve,
// and 1.47 times with sixteen.
const DefaultJobs = 16

// NewCmd makes the command.
func NewCmd() *cobra.Command {
	var o Options
	cmd := &cobra.Command{
		Use:   "verify [SCENARIO...]",
		Short: "Inject each fault, observe the service, judge the runbook's claims",
		Long: "Start the service beside a real Postgres, a real Redis and a fake dependency, inject the fault of each " +
			"scenario, watch whether the service does what the runbook says, lift the fault, watch the recovery, and judge " +
			"the claims. Without a name every scenario is played, and every command of the runbook is executed.\n\n" +
			"Exit codes: 0 everything passed, 1 the service broke a promise, 2 usage error, 3 undecided.",
		Example: "  runproof verify\n" +
			"  runproof verify database-refused --stack processes\n" +
			"  runproof verify --severity P1 --out ./runproof-out\n" +
			"  runproof verify --repeat 10\n" +
			"  runproof verify --baseline ./previous/event-service\n" +
			"  runproof verify --control\n" +
			"  runproof verify --runbook book.md --claims claims.yaml --scenarios scen.yaml\n" +
			"  runproof verify --target url:http://localhost:8080 --dry-run",
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Filter.Names = args
			if o.DryRun {
				return dryRun(o, cmd.OutOrStdout())
			}
			return run(cmd.Context(), o, cmd.OutOrStdout())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.Filter.Section, "section", "", "only scenarios of this `section` of the runbook")
	flags.StringVar(&o.Filter.Severity, "severity", "", "only scenarios of this `severity` (P1 to P4)")
	o.TargetFlags.Add(flags)
	o.RunningFlags.Add(flags)
	flags.StringVar(&o.Runbook, "runbook", "", "runbook `file` to verify (default: the embedded event-service runbook)")
	o.Files.AddFlags(flags)
	flags.StringVar(&o.Stack, "stack", fixtures.Auto, "`how` Postgres and Redis are run: "+strings.Join(fixtures.Kinds(), ", "))
	o.ClusterFlags.Add(flags)
	flags.BoolVar(&o.Control, "control", false, "run without any fault; nothing expected of a fault may be observed")
	flags.BoolVar(&o.Arms, "arms", false, "also try each remedy: fault active or lifted, remedy applied or not")
	flags.IntVar(&o.Repeat, "repeat", 1, "`number` of runs in random order; scenarios whose verdict changes are reported as flaky (exit 3)")
	flags.BoolVar(&o.FailFast, "fail-fast", false, "end the run at the first scenario that fails")
	flags.IntVar(&o.Jobs, "jobs", DefaultJobs, "maximum `number` of scenarios in parallel; new ones are delayed (up to 10 s) while the host is overloaded")
	flags.IntVar(&o.Shards, "shards", 0, "divide the run among this `number` of machines; report --merge makes one of their bundles")
	flags.IntVar(&o.Shard, "shard", 0, "play the part of this `number`, from 1 to --shards")
	flags.Int64Var(&o.Seed, "seed", 0, "`seed` of random choices such as the order of scenarios (default: a new one, reported)")
	flags.DurationVar(&o.Budget, "budget", 0, "stop the run after this `duration`, undecided (default: no limit)")
	flags.BoolVar(&o.Strict, "strict", false, "inferred checks (good practice) can fail a scenario, too")
	flags.IntVar(&o.MinTested, "min-tested", 0, "exit 3 if fewer than this `percentage` of the testable claims is decided")
	flags.StringVar(&o.Out, "out", "", "write the bundle to `DIR`/<run id>/ (default DIR: in the user's cache directory)")
	flags.BoolVar(&o.Pack, "pack", false, "also pack the bundle into one file, DIR/<run id>.tar.zst")
	flags.StringVar(&o.Baseline, "baseline", "", "compare with another build of the service (an executable `file` or cmd:\"COMMAND LINE\", played beside the target) or with a bundle; the exit code is that of compare")
	flags.StringVar(&o.Accept, "accept", "", "YAML `file` of known deviations that are accepted, each with a reason and an end date")
	flags.BoolVar(&o.Lock, "lock", false, "if all scenarios pass, write the proven claims to "+lock.FileName+" beside the runbook")
	flags.BoolVarP(&o.Silent, "quiet", "q", false, "print nothing before the summary at the end")
	help.Group(cmd, "Which scenarios", "section", "severity")
	help.Group(cmd, "Against what", "target", "profile", "baseline", "runbook", "claims", "scenarios", "stack")
	help.Group(cmd, "Of a cluster of yours (--stack cluster; default: a node of the run's own)", choose.ClusterFlagNames...)
	help.Group(cmd, "Of a service that runs already (--target url:http://HOST:PORT)", choose.RunningFlagNames...)
	config.CommandLineOnly(cmd, "i-own", "allow-destructive", "kubeconfig", "context")
	help.Group(cmd, "How they are run", "control", "arms", "repeat", "jobs", "shards", "shard", "seed", "budget", "fail-fast")
	help.Group(cmd, "What decides, and what is written", "strict", "min-tested", "accept", "out", "pack", "lock", "quiet")
	return cmd
}

// plan is a command line that has been understood.
type plan struct {
	Options
	id       string
	set      claimset.Opened
	chosen   []scenarios.Scenario
	document record.Document
	text     []byte
	target   choose.Target
	// handshakes say of each chosen scenario what the target supports of it.
	handshakes []lane.Handshake
	// commands are the plays in which the document's commands are executed.
	commands []scenarios.Scenario
	// shard is what part of a run this is; nil: it is a whole one.
	shard    *ledger.Shard
	baseline baseline
	accepted []ledger.Deviation
}

// understand turns options into a plan. Its errors are usage errors.
func (o Options) understand() (plan, error) {
	p := plan{Options: o}
	if !slices.Contains(fixtures.Kinds(), o.Stack) {
		return p, exit.Usage("--stack %q is not one of %s", o.Stack, strings.Join(fixtures.Kinds(), ", "))
	}
	var err error
	if err = o.ClusterFlags.Check(o.Stack); err != nil {
		return p, err
	}
	if p.target, err = o.UnderOrRunning(o.RunningFlags); err != nil {
		return p, err
	}
	if err = p.askable(); err != nil {
		return p, err
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
		return p, exit.Usage("--min-tested %d is not a percentage", o.MinTested)
	}
	if o.FailFast && (o.Repeat > 1 || o.Arms || o.Baseline != "") {
		return p, exit.Usage("--fail-fast ends a run early; --repeat, --arms and --baseline need a whole one")
	}
	if err := o.divisible(); err != nil {
		return p, err
	}
	if err := o.lockable(); err != nil {
		return p, err
	}
	if err = o.Files.Played(o.Runbook); err != nil {
		return p, err
	}
	if p.set, err = o.Files.Open(); err != nil {
		return p, err
	}
	if p.chosen, err = choose.Scenarios(p.set.Scenarios, o.Filter); err != nil {
		return p, err
	}
	if err = p.armed(); err != nil {
		return p, err
	}
	if p.text, err = runbook.Read(o.Runbook); err != nil {
		return p, exit.Usage("%w", err)
	}
	p.document = runbook.Identify(o.Runbook, p.text)
	if err = p.divide(); err != nil {
		return p, err
	}
	p.adapt()
	for _, s := range p.chosen {
		if err := s.Validate(); err != nil {
			return p, exit.Undecided("%w", err)
		}
	}
	if p.accepted, err = accept.Read(o.Accept); err != nil {
		return p, err
	}
	if p.baseline, err = p.comparedWith(); err != nil {
		return p, err
	}
	if p.Seed == 0 {
		p.Seed = 1 + rand.Int64N(1<<31)
	}
	p.id = fmt.Sprintf("%s-%04x", time.Now().UTC().Format("20060102T150405Z"), rand.Uint32N(1<<16))
	return p, nil
}

// documents are the files that the run is about, as its bundle names them.
func (p plan) documents() record.Provenance {
	about := record.Provenance{Runbook: p.document, Claims: p.set.ClaimFiles, Scenarios: p.set.ScenarioFiles}
	about.Runbook.Text = string(p.text)
	return about
}

// mode is the arm that is played.
func (o Options) mode() scenarios.Mode {
	if o.Control {
		return scenarios.Control
	}
	return scenarios.Verify
}

// modeOf is the mode of one playing.
func (o Options) modeOf(which record.Playing) scenarios.Mode {
	if which.Arm > 0 {
		return scenarios.Arms
	}
	return o.mode()
}

// inOrderOfPlay shuffles the scenarios by the seed, and puts those first that take
// longest, then those with the largest budget: the run ends with the last of them.
func (p plan) inOrderOfPlay() []scenarios.Scenario {
	order := slices.Clone(p.chosen)
	draw := rand.New(rand.NewPCG(uint64(p.Seed), 0))
	draw.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	slices.SortStableFunc(order, func(a, b scenarios.Scenario) int {
		return cmp.Or(cmp.Compare(symptoms.Takes(b), symptoms.Takes(a)), cmp.Compare(b.Budget, a.Budget))
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
func decided(rows []ledger.Row) int {
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
