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

// TestALeakInTheLoadBreaksTheClaim: the probes of a scenario may be served well
// while the load is not. Before, the scenario failed and its claim held.
func TestALeakInTheLoadBreaksTheClaim(t *testing.T) {
	now := time.Now()
	silent := Isolation().Silent().Proves("isolated")
	for _, c := range []struct {
		name   string
		always []Expectation
		leak   []string
		want   ClaimState
	}{
		{"leaks", []Expectation{silent}, []string{"GET /events"}, ClaimBroken},
		{"is silent", []Expectation{silent}, nil, ClaimHeld},
		{"leaks, and silence proves nothing", []Expectation{Isolation().Silent(), GET("/events").Answers(200).Proves("isolated")}, []string{"GET /events"}, ClaimHeld},
		{"leaks, and the leak is what is proven", []Expectation{Isolation().Leaks().Proves("isolated")}, []string{"GET /events"}, ClaimHeld},
	} {
		j := &judge{s: Scenario{Always: c.always}}
		j.hits = []Hit{{Sent: now, Done: now, Route: "list", Status: 200, Foreign: c.leak}}
		if got := j.claim("isolated", Result{Outcomes: j.watches()}); got.State != c.want {
			t.Errorf("the load %s: %s, want %s", c.name, got.State, c.want)
		}
	}
}

// TestWhoSeesNothingDeniesNothing: an empty list is a lie where the row is there
// to be seen, and the truth where a policy hides it, or did. What is outdated is
// so too, but where the memory was tampered with: without its signs of a change,
// old values may be cached again.
func TestWhoSeesNothingDeniesNothing(t *testing.T) {
	began := time.Now()
	at := func(s int) time.Time { return began.Add(time.Duration(s) * time.Second) }
	for _, c := range []struct {
		fault            Fault
		sent             int
		denies, outdates bool // whether it may
	}{
		{Refuse(Postgres), 5, false, false}, {Refuse(Postgres), 15, false, false}, {DisableRLS(), 15, false, false},
		{DropPolicies(), 5, false, false}, {DropPolicies(), 15, true, true}, {DropPolicies(), 35, true, true},
		{Outdate("*"), 5, false, false}, {Outdate("*"), 15, true, true}, {Outdate("*"), 35, true, true},
		{Garble("*"), 5, false, false}, {Garble("*"), 15, false, true}, {Garble("*"), 35, false, true},
		{Retype("*"), 15, false, true}, {SwapTenants("*"), 15, false, true}, {FlushRedis(), 15, false, true},
		{FillRedis(), 15, false, false}, {MakeRedisReplica(), 15, false, false}, {Refuse(Redis), 15, false, false},
	} {
		j := &judge{s: Scenario{Fault: c.fault}}
		j.course = retrace([]Event{
			{At: at(9), Kind: EventTestimony, Phase: PhaseBefore, Testimony: &Testimony{Presence: Absent}},
			{At: at(10), Kind: EventInject, Phase: PhaseDuring},
			{At: at(20), Kind: EventHeal, Phase: PhaseHeal},
			{At: at(21), Kind: EventTestimony, Phase: PhaseAfter, Testimony: &Testimony{Presence: Absent}},
		})
		j.hits = []Hit{{Sent: at(c.sent), Done: at(c.sent), Route: "list", Status: 200, Denied: true, Outdated: true}}
		for _, o := range j.watches() {
			if o.Expectation == nothingDenied && o.Held != c.denies || o.Expectation == nothingOutdated && o.Held != c.outdates {
				t.Errorf("%s, after %ds: %q held is %t: %s", c.fault, c.sent, o.Expectation, o.Held, o.Reason)
			}
		}
	}
}
