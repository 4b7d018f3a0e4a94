package judge

import (
	"slices"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
)

// TestNothingIsSeenOfTheServiceAfterTheEnd: what it answers when its database
// was killed by a stranger is no breach of its promises, and what it had
// answered long before still is.
func TestNothingIsSeenOfTheServiceAfterTheEnd(t *testing.T) {
	end := time.Now()
	look := func(at time.Time) record.Event {
		return record.Event{At: at, Kind: record.EventObservation, Observation: &scenarios.Observation{At: at, Status: 500}}
	}
	events := []record.Event{
		{At: end.Add(-time.Minute), Kind: record.EventPhase, Phase: scenarios.PhaseProve},
		look(end.Add(-EndNoticeTimeout - time.Second)),
		look(end.Add(-EndNoticeTimeout / 2)), // before it was noticed
		look(end.Add(time.Second)),
		{At: end, Kind: record.EventBroken, Err: "witness: connection reset"},
		{At: end, Kind: record.EventEnded, Err: "postgres has ended"},
		{At: end.Add(time.Second), Kind: record.EventPhase, Phase: scenarios.PhaseEnd},
	}
	c := newTimeline(events)
	if len(c.allObservations) != 1 || !c.complete || len(c.harness) != 2 {
		t.Errorf("%d looks, complete %t, harness %q; want the first look alone, to the end, and why", len(c.allObservations), c.complete, c.harness)
	}
	if without := newTimeline(events[:4]); len(without.allObservations) != 3 {
		t.Errorf("control: %d looks without an end, want 3", len(without.allObservations))
	}
	leak := record.Event{At: end, Kind: record.EventHit, Hit: &record.Hit{Sent: end, Done: end, Status: 200, Exchange: &scenarios.Exchange{Method: "GET", Path: "/", Tenant: 1, Canaries: []int{2}}}}
	if r := Judge(scenarios.Scenario{ID: "x"}, scenarios.Verify, false, append(slices.Clone(events), leak)); r.Verdict != Failed {
		t.Errorf("another tenant's row at the end: %s: %s", r.Verdict, r.Reason)
	}
	if r := Judge(scenarios.Scenario{ID: "x"}, scenarios.Verify, false, events); r.Verdict != Broken || r.Reason != "postgres has ended" {
		t.Errorf("%s: %s", r.Verdict, r.Reason)
	}
}
