package judge

import (
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/audit"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/record"
)

// TestIsolationIsTakenBetweenTwoReports: a role that was allowed to bypass
// leaked 35 ms after its healing had begun and 400 ms before it was over.
func TestIsolationIsTakenBetweenTwoReports(t *testing.T) {
	began := time.Now()
	at := func(ms int) time.Time { return began.Add(time.Duration(ms) * time.Millisecond) }
	say := func(ms int, phase scenarios.Phase, p record.Presence) record.Event {
		return record.Event{At: at(ms), Kind: record.EventWitnessReport, Phase: phase, WitnessReport: &record.WitnessReport{Presence: p}}
	}
	j := newJudge(scenarios.Scenario{Fault: fault.BypassRLS()}, scenarios.Verify, false, timeline{})
	j.timeline = newTimeline([]record.Event{
		say(100, scenarios.PhaseBefore, record.Inactive),
		{At: at(200), Kind: record.EventInject, Phase: scenarios.PhaseDuring},
		say(300, scenarios.PhaseDuring, record.Active),
		{At: at(400), Kind: record.EventHeal, Phase: scenarios.PhaseHeal},
		say(500, scenarios.PhaseAfter, record.Active),
		say(600, scenarios.PhaseAfter, record.Inactive),
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
	silent := scenarios.Isolation().Silent().Proves("isolated")
	for _, c := range []struct {
		name   string
		always []scenarios.Expectation
		shown  []int // whose row
		want   ClaimState
	}{
		{"leaks", []scenarios.Expectation{silent}, []int{2}, ClaimBroken},
		{"is silent", []scenarios.Expectation{silent}, []int{1}, ClaimHeld},
		{"leaks, and silence proves nothing", []scenarios.Expectation{scenarios.Isolation().Silent(), scenarios.GET("/events").Answers(200).Proves("isolated")}, []int{2}, ClaimHeld},
		{"leaks, and the leak is what is proven", []scenarios.Expectation{scenarios.Isolation().Leaks().Proves("isolated")}, []int{2}, ClaimHeld},
	} {
		j := newJudge(scenarios.Scenario{Always: c.always}, scenarios.Verify, false, timeline{})
		j.hits = []record.Hit{{Sent: now, Done: now, Route: "list", Status: 200, Exchange: &scenarios.Exchange{Tenant: 1, Canaries: c.shown}}}
		if got := j.claim("isolated", Result{}, j.invariants()); got.State != c.want {
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
		fault            fault.Fault
		sent             int
		denies, outdates bool // whether it may
	}{
		{fault.Refuse(fault.Postgres), 5, false, false}, {fault.Refuse(fault.Postgres), 15, false, false}, {fault.DisableRLS(), 15, false, false},
		{fault.DropPolicies(), 5, false, false}, {fault.DropPolicies(), 15, true, true}, {fault.DropPolicies(), 35, true, true},
		{fault.StaleCache("*"), 5, false, false}, {fault.StaleCache("*"), 15, true, true}, {fault.StaleCache("*"), 35, true, true},
		{fault.CorruptCache("*"), 5, false, false}, {fault.CorruptCache("*"), 15, false, true}, {fault.CorruptCache("*"), 35, false, true},
		{fault.ChangeCacheType("*"), 15, false, true}, {fault.CrossTenantCache("*"), 15, false, true}, {fault.EvictCache(), 15, false, true},
		{fault.FillRedis(), 15, false, false}, {fault.MakeRedisReplica(), 15, false, false}, {fault.Refuse(fault.Redis), 15, false, false},
	} {
		j := newJudge(scenarios.Scenario{Fault: c.fault}, scenarios.Verify, false, timeline{})
		j.timeline = newTimeline([]record.Event{
			{At: at(9), Kind: record.EventWitnessReport, Phase: scenarios.PhaseBefore, WitnessReport: &record.WitnessReport{Presence: record.Inactive}},
			{At: at(10), Kind: record.EventInject, Phase: scenarios.PhaseDuring},
			{At: at(20), Kind: record.EventHeal, Phase: scenarios.PhaseHeal},
			{At: at(21), Kind: record.EventWitnessReport, Phase: scenarios.PhaseAfter, WitnessReport: &record.WitnessReport{Presence: record.Inactive}},
		})
		none := 0
		j.hits = []record.Hit{
			{Sent: at(0), Done: at(1), Route: "change", Status: 200, Write: &audit.Write{Number: 2, Of: 1, Success: 200, Status: 200}},
			{Sent: at(c.sent), Done: at(c.sent), Route: "list", Status: 200, Planted: true, Listed: &none, Shows: []int{1}},
		}
		for _, o := range j.invariants() {
			if o.Invariant == InvariantNothingDenied && o.Held != c.denies || o.Invariant == InvariantNothingStale && o.Held != c.outdates {
				t.Errorf("%s, after %ds: %q held is %t: %s", c.fault, c.sent, o.Expectation, o.Held, o.Reason)
			}
		}
	}
}
