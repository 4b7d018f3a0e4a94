package verify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/conclude"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/fixtures"
	"github.com/runproof/runproof/fixtures/child"
	"github.com/runproof/runproof/fixtures/guard"
	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/fixtures/preflight"
	"github.com/runproof/runproof/fixtures/profile"
	"github.com/runproof/runproof/fixtures/redact"
	"github.com/runproof/runproof/fixtures/target"
	"github.com/runproof/runproof/reports"
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
	kept, err := openBundle(p)
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
	say := newProgress(out)
	say.line("run %s, seed %d", p.id, p.Seed)
	jobs, why, err := preflight.Jobs(os.TempDir(), p.Jobs)
	if err != nil {
		return exit.Undecided("%w", err)
	}
	if jobs < p.Jobs {
		say.line("--jobs %d instead of %d: %s", jobs, p.Jobs, why)
		p.Jobs = jobs
	}
	result, unfinished := p.play(ctx, kept, say)
	if unfinished != nil {
		unfinished = shortened(unfinished, kept)
	}
	if len(result.Results) == 0 {
		return exit.Undecided("%w", unfinished)
	}
	if unfinished != nil {
		// What is left behind by a run that is green is nothing to be proud of.
		result.Unfinished = exit.Line(unfinished)
		result.Exit = result.ExitCode()
	}
	result.Truncated = kept.Truncated()
	if err := kept.Write(result); err != nil {
		return exit.Undecided("%w", err)
	}
	summarize(out, result, kept.Dir())
	if o.Pack {
		path, err := kept.Pack()
		if err != nil {
			return exit.Undecided("%w", err)
		}
		fmt.Fprintf(out, "packed  %s\n", path)
	}
	if unfinished != nil {
		return &exit.Error{Code: result.Exit, Err: unfinished}
	}
	if result.Exit == judge.ExitPassed && decided(result.Ledger) < o.MinTested {
		return exit.Undecided("%d %% of the testable claims are decided, --min-tested requires %d %%", decided(result.Ledger), o.MinTested)
	}
	if o.Lock && result.Exit == judge.ExitPassed {
		return p.lock(result, out)
	}
	return exit.With(result.Exit)
}

func openBundle(p plan) (*bundle.Bundle, error) {
	dir := p.Out
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return nil, exit.Usage("no cache directory for the bundle, use --out: %w", err)
		}
		dir = filepath.Join(cache, "runproof", "runs")
	}
	kept, err := bundle.Create(dir, p.id, p.text)
	if err != nil {
		return nil, exit.Usage("%w", err)
	}
	return kept, nil
}

// play opens the testbed, plays the scenarios on it and takes it down again.
// An error without results means that nothing was played, one with results
// that something could not be taken down.
func (p plan) play(ctx context.Context, kept *bundle.Bundle, say *progress) (result ledger.RunResult, err error) {
	began := time.Now()
	g, err := guard.Start(ctx, p.id)
	if err != nil {
		return result, fmt.Errorf("guard: %w", err)
	}
	defer func() { err = errors.Join(err, closed(ctx, "guard", g.Close)) }()
	shared, err := fixtures.Open(ctx, p.Stack, g, func(text string) { say.line("%s", text) })
	if err != nil {
		return result, fmt.Errorf("stack: %w", err)
	}
	defer func() { err = errors.Join(err, closed(ctx, "stack", shared.Close)) }()
	say.line("stack of %s: postgres %s, redis %s", shared.Kind(), shared.Postgres().Version, shared.Redis().Version)
	binary, err := target.Find(ctx, profile.Reference().Build)
	if err != nil {
		return result, fmt.Errorf("target: %w", err)
	}
	testbed, err := lane.NewTestbed(ctx, g, shared, binary, profile.Reference())
	if err != nil {
		return result, err
	}
	testbed.LogFile = func(which record.Playing) (string, error) {
		dir, err := kept.Playing(which)
		return filepath.Join(dir, bundle.ServiceLog), err
	}

	ctx, stopWatching := watched(ctx, shared)
	defer stopWatching()
	options := play.Options{
		Mode: p.mode(), Strict: p.Strict, Jobs: p.Jobs,
		Sink: func(s scenarios.Scenario, which record.Playing) (record.Keeper, func() error, error) {
			sink, done, err := kept.Sink(s, which, p.modeOf(which))
			return &announcer{scenario: s, next: sink, say: say}, done, err
		},
		Done:  func(r judge.Result) { say.verdict(r) },
		Retry: func(r judge.Result) { say.retry(r) },
	}
	played := p.repeat(ctx, testbed, options, say)
	played.Remedies = p.arms(ctx, testbed, options)
	about := ledger.RunResult{
		ID: p.id, Began: began, Took: time.Since(began), Mode: p.mode(), Strict: p.Strict, Jobs: p.Jobs,
		MinimumDuration: minimumDuration(p.chosen),
		Provenance: record.Provenance{
			Suite: suiteVersion(), Target: testbed.Target(), Runbook: p.document, Stack: testbed.Stack(),
			Seed: p.Seed, Machine: thisMachine(),
		},
	}
	about.Provenance.Runbook.Text = string(p.text)
	return conclude.Run(about, played), errors.Join(p.ended(ctx, played.Repetitions[0]), untried(played.Commands))
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

// summarize prints what a person wants to know at the end.
func summarize(out io.Writer, r ledger.RunResult, dir string) {
	if line := r.Overloaded(); line != "" {
		fmt.Fprintf(out, "\n%s\n", line)
	}
	for _, result := range r.Results {
		if result.Verdict != judge.Passed {
			fmt.Fprintf(out, "\n%s\n", reports.Failure(result, r.Provenance.Stack.Kind))
		}
	}
	if line := tally(r.Trials); line != "" {
		fmt.Fprintf(out, "\n%s\n", line)
	}
	fmt.Fprintf(out, "\n%s\nreport  %s\n", reports.Table(r), filepath.Join(dir, "report.html"))
}

// minimumDuration is that of scenarios that are played side by side.
func minimumDuration(list []scenarios.Scenario) (most time.Duration) {
	for _, s := range list {
		most = max(most, s.MinimumDuration())
	}
	return most
}
