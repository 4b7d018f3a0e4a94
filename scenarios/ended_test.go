package scenarios

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"
)

// someWorlds open nothing: each says why, and the one of a name ends the run.
type someWorlds struct {
	ends string
	end  context.CancelCauseFunc
}

func (w someWorlds) Open(ctx context.Context, s Scenario, _ bool) (World, func(context.Context) error, error) {
	if s.ID == w.ends {
		w.end(&EndedError{What: "postgres has ended", At: time.Now()})
		return nil, nil, context.Cause(ctx)
	}
	return nil, nil, &UnsupportedError{Reason: "nothing is here"}
}

// TestTheEndOfTheStackEndsTheRun: 65 scenarios were said to be broken, one after
// the other. By hand: without the break in Run all six are there.
func TestTheEndOfTheStackEndsTheRun(t *testing.T) {
	ctx, end := context.WithCancelCause(t.Context())
	var told []string
	results := Run(ctx, []Scenario{{ID: "a"}, {ID: "b"}, {ID: "c"}, {ID: "d"}, {ID: "e"}, {ID: "f"}}, someWorlds{"c", end},
		Options{Jobs: 1, Done: func(r Result) { told = append(told, r.Scenario) }})
	if len(results) != 2 || results[0].Scenario != "a" || results[1].Scenario != "b" || len(told) != 2 {
		t.Errorf("results %v, told %v; want those of a and b, reached before the end", results, told)
	}
	var ended *EndedError
	if !errors.As(context.Cause(ctx), &ended) {
		t.Errorf("cause %v", context.Cause(ctx))
	}
}

// TestNothingIsSeenOfTheServiceAfterTheEnd: what it answers when its database
// was killed by a stranger is no breach of its promises, and what it had
// answered long before still is.
func TestNothingIsSeenOfTheServiceAfterTheEnd(t *testing.T) {
	end := time.Now()
	look := func(at time.Time) Event {
		return Event{At: at, Kind: EventLook, Look: &Observation{At: at, Status: 500}}
	}
	events := []Event{
		{At: end.Add(-time.Minute), Kind: EventPhase, Phase: PhaseProve},
		look(end.Add(-endNoticed - time.Second)),
		look(end.Add(-endNoticed / 2)), // before it was noticed
		look(end.Add(time.Second)),
		{At: end, Kind: EventBroken, Err: "witness: connection reset"},
		{At: end, Kind: EventEnded, Err: "postgres has ended"},
		{At: end.Add(time.Second), Kind: EventPhase, Phase: PhaseEnd},
	}
	c := retrace(events)
	if len(c.everyLook) != 1 || !c.complete || len(c.harness) != 2 {
		t.Errorf("%d looks, complete %t, harness %q; want the first look alone, to the end, and why", len(c.everyLook), c.complete, c.harness)
	}
	if without := retrace(events[:4]); len(without.everyLook) != 3 {
		t.Errorf("control: %d looks without an end, want 3", len(without.everyLook))
	}
	leak := Event{At: end, Kind: EventHit, Hit: &Hit{Sent: end, Done: end, Status: 200, Foreign: []string{"GET /"}}}
	if r := Judge(Scenario{ID: "x"}, Verify, false, append(slices.Clone(events), leak)); r.Verdict != Failed {
		t.Errorf("another tenant's row at the end: %s: %s", r.Verdict, r.Reason)
	}
	if r := Judge(Scenario{ID: "x"}, Verify, false, events); r.Verdict != Broken || r.Reason != "postgres has ended" {
		t.Errorf("%s: %s", r.Verdict, r.Reason)
	}
}
