package scenarios

import (
	"testing"
	"time"
)

// TestIsolationIsTakenBetweenTwoTestimonies: a role that was allowed to bypass
// leaked 35 ms after its healing had begun and 400 ms before it was over.
func TestIsolationIsTakenBetweenTwoTestimonies(t *testing.T) {
	began := time.Now()
	at := func(ms int) time.Time { return began.Add(time.Duration(ms) * time.Millisecond) }
	say := func(ms int, phase Phase, p Presence) Event {
		return Event{At: at(ms), Kind: EventTestimony, Phase: phase, Testimony: &Testimony{Presence: p}}
	}
	j := &judge{s: Scenario{Fault: BypassRLS()}}
	j.course = retrace([]Event{
		say(100, PhaseBefore, Absent),
		{At: at(200), Kind: EventInject, Phase: PhaseDuring},
		say(300, PhaseDuring, Present),
		{At: at(400), Kind: EventHeal, Phase: PhaseHeal},
		say(500, PhaseAfter, Present),
		say(600, PhaseAfter, Absent),
	})
	for _, c := range []struct {
		from, to int
		want     bool
	}{
		{0, 50, false}, {50, 150, true}, {210, 250, true}, {410, 450, true}, {550, 700, true}, {650, 700, false},
	} {
		if got := j.isolationTaken(at(c.from), at(c.to)); got != c.want {
			t.Errorf("from %d to %d ms: %t, want %t", c.from, c.to, got, c.want)
		}
	}
}
