package runbook_test

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/sim"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// tried are edits of a fact that was seen when the scenarios were played in the
// honest model: what is written now cannot be true.
var tried = []string{
	"seconds", "seconds, shorter", "status of the database", "status of the venue", "status of a timeout", "log string", "error code",
	"latency", "comparison", "health field", "health value", "health value of Redis", "name of the service", "form of the time", "a denial",
}

// untried are edits of what is done, or of what no scenario plays: nobody has
// tried what is written now, whatever else was seen.
var untried = []string{
	"method", "path in words", "response time of P1", "severity", "GUC in a query", "header", "key pattern", "key pattern of lists",
	"key pattern of the rest", "health path in a table", "probe's path", "probe's delay", "probe's period", "field of a filter",
	"interval of a query", "schema in a query", "a query turned round", "replicas", "revision", "lines of log", "age of log",
	"port of a forward", "an option more", "promise of a provider", "channel", "owner", "version",
}

// TestAChangedFactIsFalseWhereItWasTried plays every scenario once, then
// judges each edit of the edition by what was seen.
func TestAChangedFactIsFalseWhereItWasTried(t *testing.T) {
	run := ledger.RunResult{Results: honest(t)}
	count := map[ledger.ClaimVerdict]int{}
	before := verdicts(runbook.Edition(), run)
	for _, e := range edits {
		after := verdicts(bytes.Replace(runbook.Edition(), []byte(e.old), []byte(e.now), 1), run)
		for id, row := range before {
			want := row.Verdict
			if id == e.stale {
				want = ledger.Stale
				if slices.Contains(tried, e.name) || after[id].Verdict == ledger.False && !slices.Contains(untried, e.name) {
					want = ledger.False
				}
				count[want]++
			}
			if got := after[id]; got.Verdict != want {
				t.Errorf("%s: %s is %s, not %s: %s", e.name, id, got.Verdict, want, got.Reason)
			}
		}
	}
	for _, name := range append(slices.Clone(tried), untried...) {
		if !slices.ContainsFunc(edits, func(e edit) bool { return e.name == name && e.stale != "" }) {
			t.Errorf("there is no edit %q", name)
		}
	}
	t.Logf("%d changed facts are FALSE, %d STALE", count[ledger.False], count[ledger.Stale])
}

func verdicts(text []byte, run ledger.RunResult) map[string]ledger.Row {
	byClaim := map[string]ledger.Row{}
	rows, _ := runbook.Embedded().Ledger(runbook.Bind(text), run)
	for _, row := range rows {
		if row.ID != "" {
			byClaim[row.ID] = row
		}
	}
	return byClaim
}

// honest is what playing all scenarios that the model knows shows in it. Time
// is the bubble's: waits of half a minute cost nothing.
func honest(t *testing.T) []judge.Result {
	t.Helper()
	var list []scenarios.Scenario
	for _, s := range symptoms.All() {
		if known, _ := sim.Models(s); known {
			list = append(list, s)
		}
	}
	var results []judge.Result
	synctest.Test(t, func(*testing.T) {
		results = play.Run(context.Background(), list, sim.Worlds{Mutation: sim.Honest}, play.Options{Mode: scenarios.Verify, Jobs: len(list)})
	})
	return results
}

// TestWhatWasAlsoSeenIsLeftOpen: two answers were slow, and one of them slow
// enough for what is written now.
func TestWhatWasAlsoSeenIsLeftOpen(t *testing.T) {
	const id = "latency.symptom.over-1s"
	text := bytes.Replace(runbook.Edition(), []byte("more than 1 second"), []byte("more than 2 seconds"), 1)
	for took, want := range map[time.Duration]ledger.ClaimVerdict{1400 * time.Millisecond: ledger.False, 3 * time.Second: ledger.Stale} {
		res := judge.Result{Scenario: "slow", Claims: []judge.ClaimOutcome{{Claim: id, State: judge.ClaimHeld}}}
		for _, d := range []time.Duration{1300 * time.Millisecond, took} {
			res.Outcomes = append(res.Outcomes, judge.Outcome{Held: true, Observations: 1, Basis: scenarios.Documented, Claims: []string{id}, Last: scenarios.Observation{Status: 200, Took: d}})
		}
		if row := verdicts(text, ledger.RunResult{Results: []judge.Result{res}})[id]; row.Verdict != want {
			t.Errorf("%s: %s, not %s: %s", took, row.Verdict, want, row.Reason)
		}
	}
}
