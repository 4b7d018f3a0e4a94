package shard

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/conclude"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/rejudge"
	"github.com/runproof/runproof/reports/compare"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// Merge makes one bundle, below the directory out, of those of the shards of a run,
// and judges it as a whole. A shard that is missing leaves its scenarios Broken.
// Bundles that are no shards of one run are a usage error.
func Merge(paths []string, out string) (merged *bundle.Bundle, carried []string, err error) {
	shards := make([]*bundle.Reader, 0, len(paths))
	defer func() {
		for _, s := range shards {
			_ = s.Close() // they were only read
		}
	}()
	for _, path := range paths {
		s, err := bundle.Open(path)
		if err != nil {
			return nil, nil, exit.Usage("%w", err)
		}
		shards = append(shards, s)
	}
	if err := ofOneRun(shards); err != nil {
		return nil, nil, err
	}
	whole := joined(shards)
	if merged, err = bundle.CreateBelow(out, whole.ID, []byte(whole.Provenance.Runbook.Text)); err != nil {
		return nil, nil, err
	}
	for _, s := range shards {
		for _, p := range s.Playings() {
			if err := merged.Adopt(s, p); err != nil {
				return nil, nil, exit.Undecided("%w", err)
			}
		}
	}
	// What is judged is what was written: the scenarios as the shards left them first,
	// then what follows from all of them.
	if err := merged.Write(whole); err != nil {
		return nil, nil, exit.Undecided("%w", err)
	}
	all, err := bundle.Open(merged.Dir())
	if err != nil {
		return nil, nil, exit.Undecided("%w", err)
	}
	defer all.Close() //nolint:errcheck // it was only read
	whole, carried = rejudge.Run(all)
	if err := merged.Write(whole); err != nil {
		return nil, nil, exit.Undecided("%w", err)
	}
	return merged, carried, nil
}

// ofOneRun says why bundles are no shards of one run; nil: they are.
func ofOneRun(shards []*bundle.Reader) error {
	first, paths := shards[0].Result(), map[int]string{}
	for _, s := range shards {
		r := s.Result()
		switch {
		case r.Shard == nil:
			return exit.Usage("bundle %s: not of a shard (verify --shards N --shard I)", s.Path())
		case r.Shard.Of != first.Shard.Of, !slices.Equal(r.Shard.Assigned, first.Shard.Assigned):
			return exit.Usage("bundles %s and %s: of runs that were divided differently", shards[0].Path(), s.Path())
		case paths[r.Shard.Index] != "":
			return exit.Usage("bundles %s and %s: both are shard %d", paths[r.Shard.Index], s.Path(), r.Shard.Index)
		case r.Provenance.Target != first.Provenance.Target:
			return exit.Usage("bundles %s and %s: of different targets (%s and %s)", shards[0].Path(), s.Path(), first.Provenance.Target.ID, r.Provenance.Target.ID)
		}
		if why := compare.Incomparable(first, r); why != "" {
			return exit.Usage("bundles %s and %s: %s", shards[0].Path(), s.Path(), why)
		}
		paths[r.Shard.Index] = s.Path()
	}
	return nil
}

// joined is the run that the shards are parts of, before it is judged as a whole.
func joined(shards []*bundle.Reader) ledger.RunResult {
	whole := shards[0].Result()
	of := whole.Shard
	whole.ID, whole.Shard = fmt.Sprintf("%s-merged", whole.ID), nil
	whole.Results, whole.Trials, whole.Remedies, whole.Truncated, whole.Unfinished = nil, nil, nil, nil, ""
	results, present := map[string]judge.Result{}, map[int]bool{}
	var unfinished []string
	for _, s := range shards {
		r := s.Result()
		present[r.Shard.Index] = true
		for _, result := range r.Results {
			results[result.Scenario] = result
		}
		whole.Trials = append(whole.Trials, r.Trials...)
		whole.Remedies = append(whole.Remedies, r.Remedies...)
		whole.Truncated = append(whole.Truncated, r.Truncated...)
		if r.Unfinished != "" {
			unfinished = append(unfinished, fmt.Sprintf("shard %d: %s", r.Shard.Index, r.Unfinished))
		}
		if r.Began.Before(whole.Began) {
			whole.Began = r.Began
		}
		whole.Took, whole.MinimumDuration = max(whole.Took, r.Took), max(whole.MinimumDuration, r.MinimumDuration)
	}
	for i := range of.Of {
		if !present[i+1] {
			unfinished = append(unfinished, fmt.Sprintf("shard %d of %d is missing", i+1, of.Of))
		}
	}
	known := slices.Concat(symptoms.All(), conclude.Commands([]byte(whole.Provenance.Runbook.Text)))
	for _, a := range of.Assigned {
		if result, ok := results[a.Scenario]; ok {
			whole.Results = append(whole.Results, result)
		} else if !present[a.Shard] {
			whole.Results = append(whole.Results, missing(known, a, of.Of, whole))
		}
	}
	whole.Unfinished = strings.Join(unfinished, "; ")
	return whole
}

// missing is the result of a scenario whose shard left no bundle.
func missing(known []scenarios.Scenario, a ledger.Assignment, of int, r ledger.RunResult) judge.Result {
	s := scenarios.Scenario{ID: a.Scenario}
	if i := slices.IndexFunc(known, func(k scenarios.Scenario) bool { return k.ID == a.Scenario }); i >= 0 {
		s = known[i]
	}
	why := fmt.Sprintf("not played: shard %d of %d is missing", a.Shard, of)
	return judge.Judge(s, r.Mode, r.Strict, []record.Event{{At: r.Began, Kind: record.EventBroken, Err: why}})
}
