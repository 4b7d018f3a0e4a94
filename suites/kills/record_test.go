package kills_test

import (
	"testing"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// TestTheRecordKnowsWhatWavers needs no service: a scenario that has passed a
// defect as well as failed it is marked for good, and is no trial any more.
func TestTheRecordKnowsWhatWavers(t *testing.T) {
	list := defects
	defer func() { defects = list }()
	d := defect{Name: "d", Breaks: "contract.x"}
	defects = []defect{d}
	one, other := symptoms.All()[0].ID, symptoms.All()[1].ID
	now := func(r record, verdicts map[string]scenarios.Verdict) record {
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

	r := now(record{}, map[string]scenarios.Verdict{one: scenarios.Failed, other: scenarios.Failed})
	if at(r, one).Wavers || at(r, one).Reason != "" {
		t.Errorf("the first time: %+v", at(r, one))
	}
	r = now(r, map[string]scenarios.Verdict{one: scenarios.Broken})
	if at(r, one).Wavers || at(r, one).Verdict != string(scenarios.Failed) {
		t.Errorf("what decides nothing is no other verdict: %+v", at(r, one))
	}
	r = now(record{}, map[string]scenarios.Verdict{one: scenarios.Failed, other: scenarios.Failed})
	for _, verdict := range []scenarios.Verdict{scenarios.Passed, scenarios.Failed, scenarios.Failed} {
		if r = now(r, map[string]scenarios.Verdict{one: verdict}); !at(r, one).Wavers {
			t.Errorf("not marked after %s", verdict)
		}
	}
	if at(r, other).Verdict != string(scenarios.Failed) {
		t.Error("what was not played now has lost its cell")
	}
	if killer := r.killer(d.Name); killer != other {
		t.Errorf("on trial by %q, not %q", killer, other)
	}
}
