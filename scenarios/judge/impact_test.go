package judge

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/record"
)

// TestWhatIsUnderWayWasSent: on a busy machine all requests of the load may be
// under way when the fault comes. They tell nothing of the share that failed,
// and were sent nevertheless. By hand: counted by their ends, it is too few.
func TestWhatIsUnderWayWasSent(t *testing.T) {
	began := time.Now()
	at := func(s int) time.Time { return began.Add(time.Duration(s) * time.Second) }
	hit := func(sent, done int) record.Hit { return record.Hit{Sent: at(sent), Done: at(done), Status: 200} }
	for _, c := range []struct {
		name   string
		before []record.Hit
		want   string
	}{
		{"under way", []record.Hit{hit(1, 11), hit(2, 11)}, ""},
		{"answered", []record.Hit{hit(1, 2), hit(2, 3)}, ""},
		{"one alone", []record.Hit{hit(1, 11)}, "before"},
		{"abandoned", []record.Hit{hit(1, 2), {Sent: at(2), Done: at(30), Abandoned: true}}, "before"},
	} {
		j := newJudge(scenarios.Scenario{Fault: fault.Refuse(fault.Postgres)}, scenarios.Verify, false, timeline{})
		j.timeline = newTimeline([]record.Event{
			{At: at(10), Kind: record.EventInject, Phase: scenarios.PhaseDuring},
			{At: at(20), Kind: record.EventHeal, Phase: scenarios.PhaseHeal},
		})
		j.hits = slices.Concat(c.before, []record.Hit{hit(12, 13), hit(14, 25), hit(21, 22), hit(23, 24)})
		if got := j.tooFew(); (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestWhatOverlapsAChangeBelongsToNeitherSide: a fault that takes long to inject is
// felt before it is in force, and a request may outlive it. By hand: without the time
// that the injection took, a healthy service has failed before the fault.
func TestWhatOverlapsAChangeBelongsToNeitherSide(t *testing.T) {
	began := time.Now()
	at := func(s int) time.Time { return began.Add(time.Duration(s) * time.Second) }
	ready := scenarios.GET("/health/ready").Answers(200)
	j := newJudge(scenarios.Scenario{
		Fault: fault.Refuse(fault.Postgres),
		After: []scenarios.Expectation{ready},
	}, scenarios.Verify, false, newTimeline([]record.Event{
		{At: at(10), Kind: record.EventInject, Phase: scenarios.PhaseDuring, Took: 4 * time.Second},
		{At: at(20), Kind: record.EventHeal, Phase: scenarios.PhaseHeal, Took: 2 * time.Second},
		{At: at(22), Kind: record.EventPhase, Phase: scenarios.PhaseAfter},
		{At: at(26), Kind: record.EventObservation, Phase: scenarios.PhaseAfter, Of: ready.Spec().ID(), Observation: &scenarios.Observation{At: at(25), Took: time.Second, Status: 200}},
		{At: at(30), Kind: record.EventPhase, Phase: scenarios.PhaseRemedy},
		{At: at(40), Kind: record.EventPhase, Phase: scenarios.PhaseEnd},
	}))
	failed, held := true, false
	hit := func(sent, done int, failed bool) {
		j.hits = append(j.hits, record.Hit{Sent: at(sent), Done: at(done), Failed: failed})
	}
	hit(1, 2, held)     // before
	hit(7, 8, failed)   // while the fault was being injected
	hit(5, 12, failed)  // from before into the fault
	hit(12, 13, failed) // during
	hit(18, 21, failed) // into the healing
	hit(21, 22, failed) // while it was being lifted
	hit(23, 24, failed) // not recovered yet
	hit(27, 28, held)   // after
	hit(29, 31, failed) // into the remedy
	i := j.impact()
	for name, c := range map[string]struct{ got, want Share }{
		"before":     {i.Before, Share{Sent: 1}},
		"during":     {i.During, Share{Sent: 1, Failed: 1}},
		"recovering": {i.Recovering, Share{Sent: 2, Failed: 2}},
		"after":      {i.After, Share{Sent: 1}},
	} {
		if c.got.Sent != c.want.Sent || c.got.Failed != c.want.Failed {
			t.Errorf("%s: %d of %d failed, want %d of %d", name, c.got.Failed, c.got.Sent, c.want.Failed, c.want.Sent)
		}
	}
	if i.Overlapping != 4 {
		t.Errorf("%d requests overlap a change, want 4", i.Overlapping)
	}
}
