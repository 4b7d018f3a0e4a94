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
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/provenance"
	"github.com/runproof/runproof/fixtures"
	"github.com/runproof/runproof/fixtures/guard"
	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/fixtures/preflight"
	"github.com/runproof/runproof/fixtures/profile"
	"github.com/runproof/runproof/fixtures/target"
	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/runbook"
)

// closeDeadline bounds the taking down of the stack and the guard's own end.
const closeDeadline = 30 * time.Second

func run(ctx context.Context, o Options, out io.Writer) error {
	p, err := o.understand()
	if err != nil {
		return err
	}
	kept, err := bundle.Open(p.Out, p.id)
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
		unfinished = shortened(unfinished, kept.Dir())
	}
	if len(result.Results) == 0 {
		return exit.Undecided("%w", unfinished)
	}
	if unfinished != nil && result.Exit == judge.ExitPassed {
		// What is left behind by a run that is green is nothing to be proud of.
		result.Exit = judge.ExitUndecided
	}
	result.Truncated = kept.Truncated()
	if err := kept.Write(result); err != nil {
		return exit.Undecided("%w", err)
	}
	conclude(out, result, kept.Dir())
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
		Sink: func(s scenarios.Scenario, which record.Playing) (record.Recorder, func() error, error) {
			sink, done, err := kept.Sink(which)
			return &announcer{scenario: s, next: sink, say: say}, done, err
		},
		Done:  func(r judge.Result) { say.verdict(r) },
		Retry: func(r judge.Result) { say.retry(r) },
	}
	results, played, unstable := p.repeat(ctx, testbed, options, say)
	remedies := p.arms(ctx, testbed, options)
	result = ledger.RunResult{
		ID: p.id, Began: began, Took: time.Since(began), Mode: p.mode(), Strict: p.Strict, Jobs: p.Jobs,
		Results: results, Unstable: unstable, MinimumDuration: minimumDuration(p.chosen), Remedies: remedies,
		Provenance: record.Provenance{
			Suite: provenance.Suite(), Target: testbed.Target(), Runbook: p.document, Stack: testbed.Stack(),
			Seed: p.Seed, Machine: provenance.Machine(),
		},
	}
	result.Provenance.Runbook.Text = string(p.text)
	untried := p.tried(&result, played)
	result.Ledger, result.Findings = runbook.Ledger(runbook.Bind(p.text), result)
	result.Exit = result.ExitCode()
	return result, errors.Join(p.ended(ctx, results), untried)
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

// conclude prints what a person wants to know at the end.
func conclude(out io.Writer, r ledger.RunResult, dir string) {
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
	fmt.Fprintln(out, "next    runproof contract: the API contract, without any fault")
}

// minimumDuration is that of scenarios that are played side by side.
func minimumDuration(list []scenarios.Scenario) (most time.Duration) {
	for _, s := range list {
		most = max(most, s.MinimumDuration())
	}
	return most
}
