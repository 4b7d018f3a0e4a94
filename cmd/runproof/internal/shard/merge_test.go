package shard

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/conclude"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/sim"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// played leaves the bundle of a run of the model: of a part of the list, where s is
// not nil.
func played(t *testing.T, id string, list []scenarios.Scenario, s *ledger.Shard) string {
	t.Helper()
	text := runbook.Edition()
	b, err := bundle.Create(t.TempDir(), id, text)
	if err != nil {
		t.Fatal(err)
	}
	about := ledger.RunResult{ID: id, Mode: scenarios.Verify, Shard: s, Provenance: record.Provenance{Suite: "1", Runbook: runbook.Identify("", text)}}
	about.Provenance.Runbook.Text = string(text)
	list = slices.DeleteFunc(slices.Clone(list), func(c scenarios.Scenario) bool { return s != nil && !s.Plays(c.ID) })
	var results []judge.Result
	synctest.Test(t, func(t *testing.T) {
		about.Began = time.Now().UTC()
		results = play.Run(context.Background(), list, sim.Worlds{Mutation: sim.NeverReconnects}, play.Options{
			Mode: scenarios.Verify, Sink: func(c scenarios.Scenario, p record.Playing) (record.Keeper, func() error, error) {
				return b.Sink(c, p, scenarios.Verify)
			},
		})
	})
	if err := b.Write(conclude.Run(about, conclude.Played{Repetitions: [][]judge.Result{results}})); err != nil {
		t.Fatal(err)
	}
	return b.Dir()
}

// divided is a list of scenarios, the whole run of it, and the bundles of its two shards.
func divided(t *testing.T) (list []scenarios.Scenario, whole string, shards []string) {
	t.Helper()
	for _, s := range symptoms.All() {
		if slices.Contains([]string{"database-refused", "redis-refused", "venue-down", "database-slow"}, s.ID) {
			list = append(list, s)
		}
	}
	assigned := Assign(list, nil, 2, symptoms.Takes)
	for i := range 2 {
		shards = append(shards, played(t, "part", list, &ledger.Shard{Index: i + 1, Of: 2, Assigned: assigned}))
	}
	return list, played(t, "whole", list, nil), shards
}

func resultOf(t *testing.T, dir string) ledger.RunResult {
	t.Helper()
	b, err := bundle.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close() //nolint:errcheck // it was only read
	return b.Result()
}

// verdicts are those of a run's scenarios and claims.
func verdicts(r ledger.RunResult) map[string]string {
	all := map[string]string{}
	for _, result := range r.Results {
		all[result.Scenario] = string(result.Verdict)
	}
	for _, row := range r.Ledger {
		all[row.ID] = string(row.Verdict) + row.Reason
	}
	return all
}

func TestMergedShardsAreTheWholeRun(t *testing.T) {
	list, whole, shards := divided(t)
	merged, carried, err := Merge(shards, t.TempDir())
	if err != nil || len(carried) > 0 {
		t.Fatal(carried, err)
	}
	got, want := resultOf(t, merged.Dir()), resultOf(t, whole)
	if len(got.Results) != len(list) || !maps.Equal(verdicts(got), verdicts(want)) {
		t.Errorf("merged:\n%v\nwhole:\n%v", verdicts(got), verdicts(want))
	}
	if got.Exit != want.Exit || got.Exit != judge.ExitFailed || got.Shard != nil || got.Unfinished != "" {
		t.Errorf("exit %d, whole %d; shard %v; unfinished %q", got.Exit, want.Exit, got.Shard, got.Unfinished)
	}
}

func TestAMissingShardIsBrokenAndSaid(t *testing.T) {
	_, _, shards := divided(t)
	merged, _, err := Merge(shards[:1], t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	got, part := resultOf(t, merged.Dir()), resultOf(t, shards[0])
	if got.Unfinished != "shard 2 of 2 is missing" || got.Exit == judge.ExitPassed {
		t.Errorf("exit %d, unfinished %q", got.Exit, got.Unfinished)
	}
	broken := 0
	for _, r := range got.Results {
		if r.Verdict == judge.Broken {
			broken++
			if !strings.Contains(r.Reason, "shard 2 of 2 is missing") {
				t.Errorf("%s: %s", r.Scenario, r.Reason)
			}
		}
	}
	if want := 4 - len(part.Results); broken != want || want == 0 {
		t.Errorf("%d are Broken; want %d", broken, want)
	}
}

func TestWhatIsNoShardOfOneRunIsRefused(t *testing.T) {
	list, whole, shards := divided(t)
	other := played(t, "other", list, &ledger.Shard{Index: 2, Of: 3, Assigned: Assign(list, nil, 3, symptoms.Takes)})
	for want, paths := range map[string][]string{
		"not of a shard":                     {whole},
		"both are shard 1":                   {shards[0], shards[0]},
		"of runs that were divided":          {shards[0], other},
		"not a bundle, or of a run that was": {filepath.Dir(shards[0])},
	} {
		out := t.TempDir()
		_, _, err := Merge(paths, out)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: got %v; want %q", paths, err, want)
		}
		if left, _ := filepath.Glob(filepath.Join(out, "*")); len(left) > 0 {
			t.Errorf("%v: left %v", paths, left)
		}
	}
}
