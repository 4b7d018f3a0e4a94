package verify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/claimset"
	"github.com/runproof/runproof/cmd/runproof/internal/conclude"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/progress"
	"github.com/runproof/runproof/cmd/runproof/internal/provenance"
	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/fixtures"
	"github.com/runproof/runproof/fixtures/child"
	"github.com/runproof/runproof/fixtures/guard"
	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/fixtures/preflight"
	"github.com/runproof/runproof/fixtures/redact"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/record"
)

// closeDeadline bounds the taking down of the stack and the guard's own end.
const closeDeadline = 30 * time.Second

func run(ctx context.Context, o Options, out io.Writer) error {
	p, err := o.understand()
	if err != nil {
		return err
	}
	kept, err := openBundles(p)
	if err != nil {
		return err
	}
	// The first ^C ends the run in order, so that everything is healed and
	// removed; with the handler gone, a second one ends it at once and leaves
	// the rest to the guard.
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	ctx, cancel := o.withBudget(ctx)
	defer cancel()

	redact.Remember(child.Secrets()...)
	say := progress.New(screen.Of(out), p.Silent)
	defer say.Close()
	context.AfterFunc(ctx, func() { say.Line("stopping: lifting faults, removing what was started; ^C again ends at once") })
	say.Line("run %s, seed %d", p.id, p.Seed)
	jobs, why, err := preflight.Jobs(os.TempDir(), p.Jobs)
	if err != nil {
		return exit.Undecided("%w", err)
	}
	if jobs < p.Jobs {
		say.Line("--jobs %d instead of %d: %s", jobs, p.Jobs, why)
		p.Jobs = jobs
	}
	play := p.play
	if p.target.Running != nil {
		play = p.playRunning
	}
	results, unfinished := play(ctx, kept, say)
	say.Close()
	if unfinished != nil {
		unfinished = shortened(unfinished, kept.candidate.Bundle)
	}
	if len(results.candidate.Results) == 0 {
		return exit.Undecided("%w", unfinished)
	}
	if err := results.write(kept, unfinished); err != nil {
		return exit.Undecided("%w", err)
	}
	result := results.candidate
	p.summarize(screen.Of(out), result, kept.candidate.Dir())
	code := result.Exit
	if results.baseline != nil {
		if code, err = results.compared(out, kept.candidate); err != nil {
			return exit.Undecided("%w", err)
		}
	}
	if o.Pack {
		path, err := kept.candidate.Pack()
		if err != nil {
			return exit.Undecided("%w", err)
		}
		fmt.Fprintf(out, "packed  %s\n", path)
	}
	switch {
	case unfinished != nil && code != judge.ExitFailed:
		return exit.Undecided("%w", unfinished)
	case unfinished != nil:
		return &exit.Error{Code: code, Err: unfinished}
	case code == judge.ExitPassed && decided(result.Ledger) < o.MinTested:
		return exit.Undecided("%d %% of the testable claims are decided, --min-tested requires %d %%", decided(result.Ledger), o.MinTested)
	case o.Lock && code == judge.ExitPassed:
		return p.lock(result, out)
	}
	return exit.With(code)
}

// openBundles makes the bundle of the target, and in it the one of the other build.
func openBundles(p plan) (all bundles, err error) {
	if all.candidate.Bundle, err = bundle.CreateBelow(p.Out, p.id, claimset.Stated(p.documents())...); err != nil || p.baseline.binary == nil {
		return all, err
	}
	if all.baseline.Bundle, err = bundle.Create(all.candidate.Dir(), baselineDir, claimset.Stated(p.documents())...); err != nil {
		return all, exit.Usage("%w", err)
	}
	return all, nil
}

// play opens the testbed, plays the scenarios on it and takes it down again.
// An error without results means that nothing was played, one with results
// that something could not be taken down.
func (p plan) play(ctx context.Context, kept bundles, say *progress.Progress) (out outcome, err error) {
	began := time.Now()
	g, err := guard.Start(ctx, p.id)
	if err != nil {
		return out, fmt.Errorf("guard: %w", err)
	}
	defer func() { err = errors.Join(err, closed(ctx, "guard", g.Close)) }()
	shared, err := fixtures.OpenIn(ctx, p.Stack, p.ClusterFlags.Options(), g, func(text string) { say.Line("%s", text) })
	if err != nil {
		return out, fmt.Errorf("stack: %w", err)
	}
	defer func() { err = errors.Join(err, closed(ctx, "stack", shared.Close)) }()
	say.Line("stack of %s: postgres %s, redis %s", shared.Kind(), shared.Postgres().Version, shared.Redis().Version)
	if p.target.Profile.Foreign() {
		for _, line := range p.supported() {
			say.Line("%s", line)
		}
	}
	binary, err := p.target.Find(ctx)
	if err != nil {
		return out, fmt.Errorf("target: %w", err)
	}
	testbed, err := lane.NewTestbed(ctx, g, shared, binary, p.target.Profile)
	if err != nil {
		return out, err
	}
	other, err := p.beside(ctx, testbed, kept)
	if err != nil {
		return out, err
	}
	worlds := sides{candidate: testbed}
	if other != nil {
		worlds.baseline = other
	}
	ctx, stopWatching := watched(ctx, shared)
	defer stopWatching()
	options := p.options(kept, say)
	candidate, beside := p.repeat(ctx, worlds, options, say)
	candidate.Remedies = p.arms(ctx, worlds, options)
	about := p.about(began)
	about.Provenance.Target, about.Provenance.Stack = testbed.Target(), testbed.Stack()
	out.baseline, out.baselineDir = p.baseline.run, p.Baseline
	if other != nil {
		a := about
		a.ID, a.Beside, a.Provenance.Target = p.id+"-"+baselineDir, p.id, other.Target()
		about.Beside = a.ID
		a = conclude.Run(p.set.Set, a, beside)
		out.baseline, out.baselineDir = &a, kept.baseline.Dir()
	}
	out.candidate = conclude.Run(p.set.Set, about, candidate)
	return out, errors.Join(p.ended(ctx, candidate.Repetitions[0]), untried(slices.Concat(candidate.Commands, beside.Commands)))
}

// options are those by which the scenarios are played.
func (p plan) options(kept bundles, say *progress.Progress) play.Options {
	return play.Options{
		Mode: p.mode(), Strict: p.Strict, Jobs: p.Jobs, FailFast: p.FailFast,
		Sink: func(s scenarios.Scenario, which record.Playing) (record.Keeper, func() error, error) {
			sink, done, err := kept.of(which).Sink(s, which, p.modeOf(which))
			if err != nil {
				return nil, nil, err
			}
			keeper, end := say.Sink(s, which, sink, done)
			return keeper, end, nil
		},
		Done: say.Done, Retry: say.Retry,
	}
}

// about is what is known of a run without its results, but for what it was played with.
func (p plan) about(began time.Time) ledger.RunResult {
	about := ledger.RunResult{
		ID: p.id, Began: began, Took: time.Since(began), Mode: p.mode(), Strict: p.Strict, Jobs: p.Jobs,
		MinimumDuration: minimumDuration(p.chosen), Accepted: p.accepted, Shard: p.shard,
		Provenance: p.documents(),
	}
	about.Provenance.Suite, about.Provenance.Machine, about.Provenance.Seed = provenance.Suite(), provenance.Machine(), p.Seed
	return about
}

// closed runs a closing function on a context that no interruption ends.
func closed(ctx context.Context, what string, shut func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeDeadline)
	defer cancel()
	if err := shut(ctx); err != nil {
		return fmt.Errorf("clean-up of the %s: %w", what, err)
	}
	return nil
}

// minimumDuration is that of scenarios that are played side by side.
func minimumDuration(list []scenarios.Scenario) (most time.Duration) {
	for _, s := range list {
		most = max(most, s.MinimumDuration())
	}
	return most
}
