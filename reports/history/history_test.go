package history_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/runproof/runproof/reports/compare"
	"github.com/runproof/runproof/reports/history"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

// runOf is the run of a day, of a build, in which one scenario came out so, recovered
// in a time and was served at some latency.
func runOf(day int, build string, v judge.Verdict, recovered, latency time.Duration) ledger.RunResult {
	return ledger.RunResult{
		ID: fmt.Sprint("run-", day), Began: time.Date(2030, 1, day, 0, 0, 0, 0, time.UTC), Mode: scenarios.Verify,
		Provenance: record.Provenance{Target: record.TargetInfo{Version: build}},
		Results: []judge.Result{{
			Scenario: "s", Verdict: v, Recover: &recovered,
			Latencies: []judge.Latencies{{Side: judge.SideBefore, Route: "GET /a", Took: []time.Duration{latency, latency, latency}}},
		}},
	}
}

const (
	s  = time.Second
	ms = time.Millisecond
)

// By hand: without the bands the second row has a step; with one run on a side
// enough, so does the third.
func TestSinceWhichBuildSomethingIsSlower(t *testing.T) {
	type one struct {
		build     string
		recovered time.Duration
		latency   time.Duration
	}
	for name, c := range map[string]struct {
		runs             []one
		recover, latency string // the first run with the step
	}{
		"slower since the second build": {[]one{{"1", s, 10 * ms}, {"1", 2 * s, 20 * ms}, {"2", 9 * s, 300 * ms}, {"2", 8 * s, 250 * ms}, {"3", 9 * s, 280 * ms}}, "run-3", "run-3"},
		"within the bands":              {[]one{{"1", s, 10 * ms}, {"1", s, 10 * ms}, {"2", 4 * s, 80 * ms}, {"2", 4 * s, 80 * ms}}, "", ""},
		"once, on a busy host":          {[]one{{"1", s, 10 * ms}, {"1", s, 10 * ms}, {"2", 9 * s, 300 * ms}, {"3", s, 10 * ms}, {"3", s, 10 * ms}}, "", ""},
		"in the same build":             {[]one{{"1", s, 10 * ms}, {"1", s, 10 * ms}, {"1", 9 * s, 300 * ms}, {"1", 9 * s, 300 * ms}}, "", ""},
		"the last run alone":            {[]one{{"1", s, 10 * ms}, {"1", s, 10 * ms}, {"2", 9 * s, 300 * ms}}, "", ""},
	} {
		var results []ledger.RunResult
		for i, r := range c.runs {
			results = append([]ledger.RunResult{runOf(i+1, r.build, judge.Passed, r.recovered, r.latency)}, results...) // in any order
		}
		h := history.Of(results)
		if len(h.Runs) != len(c.runs) || h.Runs[0].ID != "run-1" {
			t.Fatalf("%s: %+v", name, h.Runs)
		}
		for what, got := range map[string]struct {
			trend history.Trend
			want  string
		}{"recover": {h.Scenarios[0].Trends[0], c.recover}, "latency": {h.Latencies[0], c.latency}} {
			since := ""
			if step := got.trend.Step; step != nil && step.Movement == compare.Slower {
				since = step.Run
			}
			if since != got.want {
				t.Errorf("%s: %s: since %q, want %q", name, what, since, got.want)
			}
		}
	}
}

func TestWhatIsFlaky(t *testing.T) {
	run := func(day int, build string, v judge.Verdict) ledger.RunResult { return runOf(day, build, v, s, ms) }
	retried := run(1, "1", judge.Passed)
	retried.Results[0].Discarded = &judge.Attempt{}
	repeated := run(1, "1", judge.Failed)
	repeated.Repetitions = []ledger.Repetition{{Scenario: "s", Verdict: judge.Failed}, {Scenario: "s", Verdict: judge.Passed}}
	for name, c := range map[string]struct {
		runs []ledger.RunResult
		want int
	}{
		"as always":                         {[]ledger.RunResult{run(1, "1", judge.Passed), run(2, "1", judge.Passed)}, 0},
		"another build":                     {[]ledger.RunResult{run(1, "1", judge.Passed), run(2, "2", judge.Failed)}, 0},
		"one of three of the build":         {[]ledger.RunResult{run(1, "1", judge.Passed), run(2, "1", judge.Failed), run(3, "1", judge.Passed)}, 1},
		"one of two: either may be the one": {[]ledger.RunResult{run(1, "1", judge.Passed), run(2, "1", judge.Failed)}, 2},
		"by a second attempt":               {[]ledger.RunResult{retried, run(2, "1", judge.Passed)}, 1},
		"in repetitions":                    {[]ledger.RunResult{repeated}, 1},
	} {
		if got := history.Of(c.runs).Scenarios[0]; got.Flaky != c.want || got.Played != len(c.runs) {
			t.Errorf("%s: %d of %d, want %d", name, got.Flaky, got.Played, c.want)
		}
	}
}

func TestRunsWithoutFaultsAreLeftOut(t *testing.T) {
	control := runOf(1, "1", judge.Passed, s, ms)
	control.Mode = scenarios.Control
	if h := history.Of([]ledger.RunResult{control, {}}); len(h.Runs) != 0 {
		t.Errorf("%+v", h.Runs)
	}
}
