package verify

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/conclude"
	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/cmd/runproof/internal/progress"
	"github.com/runproof/runproof/cmd/runproof/internal/provenance"
	"github.com/runproof/runproof/cmd/runproof/internal/screen"
	"github.com/runproof/runproof/reports/compare"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/sim"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// compared plays scenarios in two models beside each other and compares them. Time is
// the bubble's.
func compared(t *testing.T, candidate, baseline sim.Mutation, list ...scenarios.Scenario) (c compare.Comparison) {
	t.Helper()
	var names []string
	for _, s := range list {
		names = append(names, s.ID)
	}
	synctest.Test(t, func(t *testing.T) {
		p := plan{Options: options(), chosen: list}
		p.Filter.Names = names
		w := sides{sim.Worlds{Mutation: candidate}, sim.Worlds{Mutation: baseline}}
		b, a := p.repeat(t.Context(), w, play.Options{Mode: scenarios.Verify, Jobs: 4}, progress.New(screen.New(io.Discard), true))
		if len(a.Repetitions[0]) != len(list) || len(b.Repetitions[0]) != len(list) {
			t.Fatalf("%d and %d results of %d scenarios", len(b.Repetitions[0]), len(a.Repetitions[0]), len(list))
		}
		about := ledger.RunResult{Mode: scenarios.Verify, Provenance: record.Provenance{Runbook: record.Document{Text: string(runbook.Edition())}}}
		was, is := conclude.Run(runbook.Embedded(), about, a), conclude.Run(runbook.Embedded(), about, b)
		was.ID, is.Beside = "a", "a"
		c = compare.Runs(was, is)
	})
	return c
}

// Of a broken build exactly the scenarios and claims are named that it breaks, and
// nothing of a sound one. By hand: with the sides in RunPairs exchanged, the mutant is
// an improvement.
func TestAMutantIsNamedAgainstTheHonestBuild(t *testing.T) {
	list := []scenarios.Scenario{symptoms.DatabaseRefused(), symptoms.RedisRefused(), symptoms.HealthSteady()}
	c := compared(t, sim.ReadyLies, sim.Honest, list...)
	var named []string
	for _, change := range c.Changes {
		if change.Weight == compare.Regression && change.Kind != compare.OfFinding {
			named = append(named, change.Subject())
		}
	}
	slices.Sort(named)
	want := []string{"database-refused", "database.resolution.pool-status", "database.symptom.health-failing"}
	if c.Exit != judge.ExitFailed || !c.Interleaved || !slices.Equal(named, want) {
		t.Errorf("exit %d, %s\n%q, want %q", c.Exit, c.Headline, named, want)
	}
	for name, one := range map[string]struct{ candidate, baseline sim.Mutation }{
		"the honest one": {sim.Honest, sim.Honest}, "the mutant and itself": {sim.ReadyLies, sim.ReadyLies}, "a mutant that was fixed": {sim.Honest, sim.ReadyLies},
	} {
		if c := compared(t, one.candidate, one.baseline, list...); c.Exit != judge.ExitPassed {
			t.Errorf("%s: exit %d, %s", name, c.Exit, c.Headline)
		}
	}
}

// TestWhatABaselineMayBe starts nothing.
func TestWhatABaselineMayBe(t *testing.T) {
	dir := t.TempDir()
	binary := filepath.Join(dir, "service")
	if err := os.WriteFile(binary, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	plain := filepath.Join(dir, "plain")
	if err := os.WriteFile(plain, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	same := ledger.RunResult{Mode: scenarios.Verify, Results: []judge.Result{{Scenario: "database-refused"}, {Scenario: "venue-down"}}, Provenance: record.Provenance{
		Suite: provenance.Suite(), Runbook: runbook.Identify("", runbook.Edition()),
	}}
	another := same
	another.Provenance.Suite = "another"
	kept := func(id string, r ledger.RunResult) string {
		b, err := bundle.Create(dir, id, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.ID, r.Began = id, time.Unix(1, 0)
		if err := b.Write(r); err != nil {
			t.Fatal(err)
		}
		return b.Dir()
	}
	for name, c := range map[string]struct {
		path string
		code int
		says string
	}{
		"nothing":                     {"", 0, ""},
		"a build":                     {binary, 0, ""},
		"a bundle":                    {kept("same", same), 0, ""},
		"a bundle of another version": {kept("other", another), judge.ExitUndecided, "another version of runproof"},
		"what is not there":           {filepath.Join(dir, "none"), judge.ExitUsage, "none"},
		"an empty directory":          {t.TempDir(), judge.ExitUsage, "neither an executable file nor a bundle"},
		"a file":                      {plain, judge.ExitUsage, "neither an executable file nor a bundle"},
	} {
		o := options()
		o.Baseline, o.Filter.Names = c.path, []string{"database-refused"}
		p, err := o.understand()
		if exit.Code(err) != c.code || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
		if c.path == binary && (p.baseline.binary == nil || p.baseline.run != nil) {
			t.Errorf("%s: %+v", name, p.baseline)
		}
		if name == "a bundle" && (p.baseline.run == nil || len(p.baseline.run.Results) != 1) {
			t.Errorf("%s: %+v: only what is played here is compared", name, p.baseline.run)
		}
	}
}
