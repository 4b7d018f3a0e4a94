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
