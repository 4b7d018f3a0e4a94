package verify

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/conclude"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/progress"
	"github.com/runproof/runproof/cmd/runproof/internal/provenance"
	"github.com/runproof/runproof/fixtures/lane"
	"github.com/runproof/runproof/fixtures/target"
	"github.com/runproof/runproof/reports/compare"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/world"
)

// baseline is what the target is compared with: another build, which is played
// beside it, or a run that is over. Neither, where nothing is compared.
type baseline struct {
	binary *target.Binary
	run    *ledger.RunResult
}

// baselineDir is the directory, in the bundle, of the bundle of another build.
const baselineDir = "baseline"

// comparedWith finds the baseline: a directory or a file of a bundle, else an
// executable file.
func (p plan) comparedWith() (baseline, error) {
	switch {
	case p.Baseline == "":
		return baseline{}, nil
	case p.Control:
		return baseline{}, exit.Usage("--baseline and --control cannot be combined: --control proves nothing")
	case p.Arms:
		return baseline{}, exit.Usage("--baseline and --arms cannot be combined")
	case p.Lock:
		return baseline{}, exit.Usage("--baseline and --lock cannot be combined")
	}
	if strings.HasPrefix(p.Baseline, "cmd:") {
		binary, err := p.TargetFlags.Program("--baseline", p.Baseline)
		return baseline{binary: &binary}, err
	}
	info, err := os.Stat(p.Baseline)
	if err != nil {
		return baseline{}, exit.Usage("--baseline: %w", err)
	}
	if info.Mode().IsRegular() && info.Mode().Perm()&0o111 != 0 {
		binary, err := p.TargetFlags.Program("--baseline", p.Baseline)
		return baseline{binary: &binary}, err
	}
	kept, err := bundle.Open(p.Baseline)
	if err != nil {
		return baseline{}, exit.Usage("--baseline is neither an executable file nor a bundle: %w", err)
	}
	defer kept.Close() //nolint:errcheck // it was only read
	run := kept.Result()
	run.Results = slices.DeleteFunc(run.Results, func(r judge.Result) bool { return !p.plays(r.Scenario) })
	planned := ledger.RunResult{Mode: p.mode(), Strict: p.Strict, Provenance: record.Provenance{Suite: provenance.Suite(), Runbook: p.document, Claims: p.set.ClaimFiles, Scenarios: p.set.ScenarioFiles}}
	if why := compare.Incomparable(run, planned); why != "" {
		return baseline{}, exit.Undecided("--baseline %s cannot be compared with: %s", p.Baseline, why)
	}
	return baseline{run: &run}, nil
}

// plays reports whether a scenario of a bundle is played here as well. A play of
// the document's commands is, in a full run.
func (p plan) plays(id string) bool {
	of := func(list []scenarios.Scenario) bool {
		return slices.ContainsFunc(list, func(s scenarios.Scenario) bool { return s.ID == id })
	}
	return of(p.chosen) || !of(p.set.Scenarios) && len(p.trials()) > 0
}

// sides are the worlds of both builds; the baseline's are nil where there is none.
type sides struct{ candidate, baseline world.Worlds }

// Open implements world.Worlds.
func (w sides) Open(ctx context.Context, s scenarios.Scenario, p record.Playing) (world.World, func(context.Context) error, error) {
	if p.Baseline {
		return w.baseline.Open(ctx, s, p)
	}
	return w.candidate.Open(ctx, s, p)
}

// beside is the testbed of the other build; nil: there is none.
func (p plan) beside(ctx context.Context, testbed *lane.Testbed, all bundles) (*lane.Testbed, error) {
	testbed.LogFile = all.candidate.logFile
	if p.baseline.binary == nil {
		return nil, nil
	}
	other, err := testbed.Beside(ctx, *p.baseline.binary)
	if err != nil {
		return nil, fmt.Errorf("baseline: %w", err)
	}
	other.LogFile = all.baseline.logFile
	return other, nil
}

// kept is an open bundle.
type kept struct{ *bundle.Bundle }

func (k kept) logFile(which record.Playing) (string, error) {
	dir, err := k.Playing(which)
	return filepath.Join(dir, bundle.ServiceLog), err
}

// bundles are those of a run: the target's, and in it the other build's, if there
// is one.
type bundles struct{ candidate, baseline kept }

// of is the bundle that keeps a playing.
func (b bundles) of(which record.Playing) kept {
	if which.Baseline {
		return b.baseline
	}
	return b.candidate
}

// reassured plays the suspects again, on both builds and with nothing beside them: a
// single time may be the host's. A scenario is called slower only if it was so each
// time.
func (p plan) reassured(ctx context.Context, w sides, o play.Options, say *progress.Progress, candidate, baseline *conclude.Played) {
	for n := range confirmations {
		suspects := compare.SlowerScenarios(partial(*baseline), partial(*candidate))
		list := slices.DeleteFunc(p.inOrderOfPlay(), func(s scenarios.Scenario) bool { return !slices.Contains(suspects, s.ID) })
		if len(list) == 0 || ctx.Err() != nil {
			return
		}
		for _, s := range list {
			say.Line("%-18s a time is slower: played again, on both builds", s.ID)
		}
		o.Repetition, o.Jobs = p.Repeat+n, 1
		b, a := play.RunPairs(ctx, list, w, o)
		p.add(candidate, b, nil)
		p.add(baseline, a, nil)
	}
}

// confirmations is how often: with the first, as many as make a spread.
const confirmations = 2

// partial is a result as far as times are compared by it.
func partial(p conclude.Played) ledger.RunResult {
	return ledger.RunResult{Results: p.Repetitions[0], Repetitions: p.Each()}
}
