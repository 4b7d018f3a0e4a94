package kills_test

import (
	"context"
	"maps"
	"os"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	recording "github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/sim"
	"github.com/runproof/runproof/scenarios/symptoms"
	"github.com/runproof/runproof/scenarios/world"
)

// readyLies is a world for each scenario, without a service.
type readyLies struct{}

// Open implements world.Worlds.
func (readyLies) Open(context.Context, scenarios.Scenario, recording.Playing) (world.World, func(context.Context) error, error) {
	return sim.New(sim.ReadyLies), func(context.Context) error { return nil }, nil
}

// TestTheRecordKnowsWhatWasNotTested: a failure that leaves the claim open is
// played once more, and nothing else is. By hand: with retry empty, the
// claim stays open.
func TestTheRecordKnowsWhatWasNotTested(t *testing.T) {
	const claim = "database.symptom.health-failing"
	list := []scenarios.Scenario{symptoms.DatabaseRefused(), symptoms.DatabaseRefused(), symptoms.DatabaseRefused()}
	r := row{Defect: defect{Name: "d", Breaks: claim}, Cells: []cell{
		{Scenario: list[0].ID, Verdict: string(judge.Failed), Untested: []string{claim}},
		{Scenario: list[1].ID, Verdict: string(judge.Failed), Untested: []string{"another"}},
		{Scenario: list[2].ID, Verdict: string(judge.Passed), Untested: []string{claim}},
	}}
	synctest.Test(t, func(t *testing.T) { r.retry(t.Context(), list, readyLies{}) })
	for i, again := range []bool{true, false, false} {
		if r.Cells[i].Retried != again {
			t.Errorf("%d: played again: %v, want %v", i, r.Cells[i].Retried, again)
		}
	}
	if by := r.caughtBy(); len(by) != 1 {
		t.Errorf("caught by %q: %s", by, r)
	}
}

// TestTheRecordKnowsWhatIsFlaky needs no service: a scenario that has passed a
// defect as well as failed it is marked for good, and is no trial any more.
func TestTheRecordKnowsWhatIsFlaky(t *testing.T) {
	list := defects
	defer func() { defects = list }()
	d := defect{Name: "d", Breaks: "contract.x"}
	defects = []defect{d}
	one, other := symptoms.All()[0].ID, symptoms.All()[1].ID
	now := func(r record, verdicts map[string]judge.Verdict) record {
		played := row{Defect: d}
		for id, v := range verdicts {
			played.Cells = append(played.Cells, cell{Scenario: id, Verdict: string(v), Reason: "today's"})
		}
		return r.merge([]row{played})
	}
	at := func(r record, id string) cell {
		for _, c := range r[d.Name].Cells {
			if c.Scenario == id {
				return c
			}
		}
		return cell{}
	}

	r := now(record{}, map[string]judge.Verdict{one: judge.Failed, other: judge.Failed})
	if at(r, one).Flaky || at(r, one).Reason != "" {
		t.Errorf("the first time: %+v", at(r, one))
	}
	r = now(r, map[string]judge.Verdict{one: judge.Broken})
	if at(r, one).Flaky || at(r, one).Verdict != string(judge.Failed) {
		t.Errorf("what decides nothing is no other verdict: %+v", at(r, one))
	}
	r = now(record{}, map[string]judge.Verdict{one: judge.Failed, other: judge.Failed})
	for _, verdict := range []judge.Verdict{judge.Passed, judge.Failed, judge.Failed} {
		if r = now(r, map[string]judge.Verdict{one: verdict}); !at(r, one).Flaky {
			t.Errorf("not marked after %s", verdict)
		}
	}
	if at(r, other).Verdict != string(judge.Failed) {
		t.Error("what was not played now has lost its cell")
	}
	if killer := (summary{lines: []line{r[d.Name].line()}}).killer(d.Name); killer != other {
		t.Errorf("on trial by %q, not %q", killer, other)
	}
}

// TestTheRecordKnowsEveryScenario needs no service: each scenario was seen to fail
// some defect, and none is named that there is not. By hand: strike a scenario's
// line from KILLS.md, or call one otherwise there.
func TestTheRecordKnowsEveryScenario(t *testing.T) {
	if os.Getenv(updateVariable) != "" {
		t.Skip("the table is being written, perhaps in parts")
	}
	if onFileErr != nil {
		t.Fatal(onFileErr)
	}
	for id := range ids() {
		if aboutPods(id) {
			continue // tried where there is a cluster: RUNPROOF_STACK=cluster make defects
		}
		if onFile.line(onFile.fails[id]).defect == "" {
			t.Errorf("%s: no defect on record turns it red: make defects %s=yes", id, updateVariable)
		}
	}
	for _, l := range onFile.lines {
		for _, id := range slices.Concat(named(l.caughtBy), named(l.atTimes), named(l.onOtherOnes)) {
			if !ids()[id] {
				t.Errorf("%s: there is no scenario %s", l.defect, id)
			}
		}
	}
	if text, err := os.ReadFile(summaryFile); err != nil || string(text) != onFile.String() {
		t.Errorf("%s is not as it was generated: %v", summaryFile, err)
	}
}

// TestTheRecordKnowsMoreThanAShortRun: what a run did not play stays on file. By
// hand: with every line written anew, the first one is poorer.
func TestTheRecordKnowsMoreThanAShortRun(t *testing.T) {
	list := defects
	defer func() { defects = list }()
	d, added := defect{Name: "d", Breaks: "a.claim"}, defect{Name: "added", Breaks: "a.claim"}
	defects = []defect{d, added}
	one, other := symptoms.All()[0].ID, symptoms.All()[1].ID
	red := brokenBy{Claim: "a.claim", Phase: scenarios.PhaseDuring, Expectation: "it holds"}
	failed := cell{Scenario: one, Verdict: string(judge.Failed), Claims: []string{"a.claim"}, Broken: []brokenBy{red}}
	passed := cell{Scenario: one, Verdict: string(judge.Passed)}

	before := summary{
		lines: []line{{defect: "d", breaks: "a.claim", caughtBy: one + ", " + other, tried: 72}, {defect: "gone"}},
		fails: map[string]string{one: "d", other: "d"},
	}
	known := ledger.CounterExamples{"a.claim": {
		{World: "defect:d", OutcomeKey: judge.OutcomeKey{Scenario: one, Expectation: "it held"}},
		{World: "defect:d", OutcomeKey: judge.OutcomeKey{Scenario: other, Expectation: "it held"}},
	}}
	played := []row{{Defect: d, Cells: []cell{passed}}, {Defect: added, Cells: []cell{failed}}}

	after := before.with(record{}.merge(played), played)
	if want := before.lines[0]; len(after.lines) != 2 || after.lines[0] != want || after.lines[1].caughtBy != one || after.lines[1].tried != 1 {
		t.Errorf("lines: %+v", after.lines)
	}
	if want := map[string]string{one: "added", other: "d"}; !maps.Equal(after.fails, want) {
		t.Errorf("%v, want %v", after.fails, want)
	}
	want := ledger.CounterExamples{"a.claim": {
		{World: "defect:added", OutcomeKey: judge.OutcomeKey{Scenario: one, Phase: red.Phase, Expectation: red.Expectation}},
		known["a.claim"][1],
	}}
	if diff := cmp.Diff(want, counterExamples(known, played)); diff != "" {
		t.Error(diff)
	}
}
