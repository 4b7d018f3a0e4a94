package judge

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/audit"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/record"
)

// A recording of the table is one of a scenario that went well: steady at 0 s,
// the fault from 10 s to 20 s, recovered by 22 s, over at 30 s. Each case puts one
// piece of evidence into it, stalls of the host, and what became of the harness.

func sec(s float64) time.Time {
	return time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(s * float64(time.Second)))
}

// The table's expectations, by their ids.
const (
	reads    = "GET /api/v1/events answers(200)"           // Steady
	refuses  = "GET /api/v1/events as forged answers(401)" // Steady: a token that nobody signed
	alive    = "GET /health/live answers(200)"             // Always
	notReady = "GET /health/ready answers(503)"            // During
	ready    = "GET /health/ready answers(200)"            // After
	audited  = "audit acknowledged()"                      // After, which is judged as Audit
)

func tabled() scenarios.Scenario {
	return scenarios.Scenario{
		ID: "tabled", Fault: fault.Refuse(fault.Postgres),
		Steady: []scenarios.Expectation{
			scenarios.GET("/api/v1/events").Answers(200).By(5 * time.Second),
			scenarios.GET("/api/v1/events").As(scenarios.Forged).Answers(401).By(5 * time.Second),
		},
		Always: []scenarios.Expectation{scenarios.GET("/health/live").Answers(200).Implied()},
		During: []scenarios.Expectation{scenarios.GET("/health/ready").Answers(503).By(5 * time.Second).Proves("symptom")},
		After: []scenarios.Expectation{
			scenarios.GET("/health/ready").Answers(200).By(5 * time.Second),
			scenarios.Audit().AcknowledgedArePresent(),
		},
	}
}

// change is one thing in a recording that is not as it should be.
type change func([]record.Event) []record.Event

// observed replaces what an expectation saw, from a moment on.
func observed(phase scenarios.Phase, id string, from float64, o scenarios.Observation) change {
	return func(events []record.Event) []record.Event {
		for i, e := range events {
			if e.Kind == record.EventObservation && e.Phase == phase && e.Of == id && !e.Observation.At.Before(sec(from)) {
				seen := o
				seen.At = e.Observation.At
				events[i].Observation = &seen
				events[i].At = seen.Ended()
			}
		}
		return events
	}
}

// also adds events.
func also(more ...record.Event) change {
	return func(events []record.Event) []record.Event { return append(events, more...) }
}

// without leaves out what it matches.
func without(match func(record.Event) bool) change {
	return func(events []record.Event) []record.Event { return slices.DeleteFunc(events, match) }
}

// failing gives the last event of a kind an error.
func failing(kind record.EventKind, err string) change {
	return func(events []record.Event) []record.Event {
		for i := range slices.Backward(events) {
			if events[i].Kind == kind {
				events[i].Err = err
				return events
			}
		}
		return events
	}
}

func hit(at, took float64, h record.Hit) change {
	h.Sent, h.Done, h.Route = sec(at), sec(at+took), "list"
	return also(record.Event{At: h.Done, Kind: record.EventHit, Hit: &h})
}

func stall(from, to float64) change {
	return also(record.Event{At: sec(to), Kind: record.EventStall, Text: "a timer", Took: sec(to).Sub(sec(from))})
}

func witness(phase scenarios.Phase, p record.Presence) change {
	return func(events []record.Event) []record.Event {
		for i, e := range events {
			if e.Kind == record.EventWitnessReport && e.Phase == phase {
				events[i].WitnessReport = &record.WitnessReport{Presence: p}
			}
		}
		return events
	}
}

// recorded is the recording with the changes.
func recorded(changes ...change) []record.Event {
	var list []record.Event
	add := func(at float64, e record.Event) { e.At = sec(at); list = append(list, e) }
	look := func(at float64, phase scenarios.Phase, id string, o scenarios.Observation) {
		o.At, o.Took = sec(at), max(o.Took, time.Millisecond)
		add(at+0.001, record.Event{Kind: record.EventObservation, Phase: phase, Of: id, Observation: &o})
	}
	say := func(at float64, phase scenarios.Phase, p record.Presence) {
		add(at, record.Event{Kind: record.EventWitnessReport, Phase: phase, WitnessReport: &record.WitnessReport{Presence: p}})
	}
	phase := func(at float64, p scenarios.Phase) { add(at, record.Event{Kind: record.EventPhase, Phase: p}) }
	phase(0, scenarios.PhaseProve)
	add(0, record.Event{Kind: record.EventProof})
	phase(0, scenarios.PhaseStart)
	add(0.1, record.Event{Kind: record.EventStart})
	phase(0.2, scenarios.PhaseSteady)
	look(0.3, scenarios.PhaseSteady, reads, scenarios.Observation{Status: 200})
	look(0.4, scenarios.PhaseSteady, refuses, scenarios.Observation{Status: 401})
	for at := 0.5; at < 25; at += 0.5 {
		look(at, scenarios.PhaseAlways, alive, scenarios.Observation{Status: 200})
	}
	for i := range 10 * scenarios.LoadRequests { // half a minute of load
		at := sec(float64(i) * 0.5)
		h := record.Hit{Route: "list", Sent: at, Done: at.Add(time.Millisecond), Status: 200}
		if !at.Before(sec(10)) && at.Before(sec(22)) {
			h.Status, h.Failed = 503, true
		}
		list = append(list, record.Event{At: h.Done, Kind: record.EventHit, Hit: &h})
	}
	phase(5, scenarios.PhaseBefore)
	say(9, scenarios.PhaseBefore, record.Inactive)
	look(9.5, scenarios.PhaseBefore, notReady, scenarios.Observation{Status: 200})
	add(10, record.Event{Kind: record.EventInject, Phase: scenarios.PhaseDuring, Text: "postgres refuses connections"})
	phase(10, scenarios.PhaseDuring)
	say(10.1, scenarios.PhaseDuring, record.Active)
	look(10.2, scenarios.PhaseDuring, notReady, scenarios.Observation{Status: 200})
	look(12, scenarios.PhaseDuring, notReady, scenarios.Observation{Status: 503})
	phase(19, scenarios.PhaseHeal)
	say(19, scenarios.PhaseHeal, record.Active)
	add(20, record.Event{Kind: record.EventHeal, Phase: scenarios.PhaseHeal})
	say(20.5, scenarios.PhaseAfter, record.Inactive)
	phase(20.6, scenarios.PhaseAfter)
	look(21, scenarios.PhaseAfter, ready, scenarios.Observation{Status: 503})
	look(22, scenarios.PhaseAfter, ready, scenarios.Observation{Status: 200})
	phase(25, scenarios.PhaseAudit)
	look(26, scenarios.PhaseAudit, audited, scenarios.Observation{Audit: &audit.Facts{}})
	add(29, record.Event{Kind: record.EventProof})
	phase(30, scenarios.PhaseEnd)
	for _, c := range changes {
		list = c(list)
	}
	slices.SortStableFunc(list, func(a, b record.Event) int { return a.At.Compare(b.At) })
	return list
}

// TestTableOfVerdicts is the rule as a table: evidence, stall and attempt give
// the verdict. By hand: with the window of a stall left out of stalledIn, its
// "elsewhere" cases are Broken; with definite always false, all that are Failed in
// spite of a stall are; with standing empty, those of a broken harness are; with
// the first breach kept in worse, "then ..." is Broken.
func TestTableOfVerdicts(t *testing.T) {
	const (
		once  = false
		twice = true
	)
	var (
		leak        = hit(5, 3, record.Hit{Status: 200, Exchange: &scenarios.Exchange{Method: "GET", Path: "/api/v1/events", Tenant: 1, Canaries: []int{2}}})
		denied      = hit(15, 0.01, record.Hit{Status: 404, Planted: true})
		changed     = hit(5, 0.01, record.Hit{Status: 200, Write: &audit.Write{Number: 2, Of: 1, Success: 200, Status: 200}})
		old         = hit(23, 0.01, record.Hit{Status: 200, Shows: []int{1}})
		stale       = func(events []record.Event) []record.Event { return old(changed(events)) }
		breach      = hit(5, 2, record.Hit{Status: 200, Exchange: &scenarios.Exchange{Method: "GET", Path: "/no/such/path", Tenant: 1, Contract: true}})
		prompt500   = hit(15, 0.003, record.Hit{Status: 500})
		slow500     = hit(12, 2, record.Hit{Status: 500})
		accepts     = observed(scenarios.PhaseSteady, refuses, 0, scenarios.Observation{Status: 200, Took: 2 * time.Millisecond, Hopeless: "decided"})
		acceptsLate = observed(scenarios.PhaseSteady, refuses, 0, scenarios.Observation{Status: 200, Took: 2 * time.Second, Hopeless: "decided"})
		notFound    = observed(scenarios.PhaseSteady, reads, 0, scenarios.Observation{Status: 404, Took: time.Millisecond, Hopeless: "decided"})
		unavailable = observed(scenarios.PhaseSteady, reads, 0, scenarios.Observation{Status: 503, Took: time.Millisecond, Hopeless: "decided"})
		noAnswer    = observed(scenarios.PhaseSteady, reads, 0, scenarios.Observation{Err: "timeout", Class: scenarios.ClassTimeout, Took: time.Second, Hopeless: "decided"})
		neverDown   = observed(scenarios.PhaseDuring, notReady, 0, scenarios.Observation{Status: 200, Took: time.Millisecond, Hopeless: "decided"})
		neverBack   = observed(scenarios.PhaseAfter, ready, 0, scenarios.Observation{Status: 503, Took: time.Millisecond, Hopeless: "decided"})
		dead        = observed(scenarios.PhaseAlways, alive, 15, scenarios.Observation{Err: "timeout", Class: scenarios.ClassTimeout, Took: time.Second})
		lost        = observed(scenarios.PhaseAudit, audited, 0, scenarios.Observation{Audit: &audit.Facts{Writes: []audit.Write{{Number: 1, Name: "a write", Success: 201, Status: 201, Over: true}}, Counts: [][]int{{0}}}, Hopeless: "decided"})
		blind       = observed(scenarios.PhaseAudit, audited, 0, scenarios.Observation{Err: "no connection", Class: scenarios.ClassObserverError, Hopeless: "decided"})
		panicked    = also(record.Event{At: sec(28), Kind: record.EventBroken, Err: "panic"})
		unready     = also(record.Event{At: sec(1), Kind: record.EventUnready, Err: "no fakes"})
		lacking     = also(record.Event{At: sec(9), Kind: record.EventUnsupported, Err: "no cluster"})
		unproven    = failing(record.EventProof, "postgres: refused")
		noWitness   = witness(scenarios.PhaseDuring, record.Inactive)
		unhealed    = failing(record.EventHeal, "no answer")
		cut         = without(func(e record.Event) bool { return e.Kind == record.EventPhase && e.Phase == scenarios.PhaseEnd })
		hung        = func(events []record.Event) []record.Event {
			return slices.DeleteFunc(failing(record.EventStart, "not listening within 15s")(events), func(e record.Event) bool { return e.Kind == record.EventObservation })
		}
		blamed = func(events []record.Event) []record.Event {
			for i := range events {
				events[i].Target = events[i].Kind == record.EventStart
			}
			return events
		}
		stalls    = stall(0, 28)
		elsewhere = stall(28, 29.5)
	)
	unsound := []string{"panic", "dead stack", "no witness", "unsupported", "cut short", "harness"}
	all := func(list ...change) []change { return list }
	for name, c := range map[string]struct {
		changes []change
		want    Verdict
		retry   bool
	}{
		"nothing":                                      {nil, Passed, once},
		"nothing, and stalls":                          {all(stalls), Passed, once},
		"never down":                                   {all(neverDown), Failed, once},
		"never down, and a stall":                      {all(neverDown, stall(9, 11)), Broken, twice},
		"never down, and a short stall":                {all(neverDown, stall(9.6, 10.15)), Broken, twice},
		"never down, and a stall elsewhere":            {all(neverDown, elsewhere), Failed, once},
		"never back":                                   {all(neverBack), Failed, once},
		"never back, and a stall":                      {all(neverBack, stall(20, 22)), Broken, twice},
		"never back, and a stall long before":          {all(neverBack, stall(1, 3)), Failed, once},
		"no answer":                                    {all(noAnswer), Failed, once},
		"no answer, and stalls":                        {all(noAnswer, stalls), Broken, twice},
		"503 at once":                                  {all(unavailable), Failed, once},
		"503 at once, and stalls":                      {all(unavailable, stalls), Broken, twice},
		"404 at once, and stalls":                      {all(notFound, stalls), Failed, once},
		"accepted at once, and stalls":                 {all(accepts, stalls), Failed, once},
		"accepted late, and stalls":                    {all(acceptsLate, stalls), Broken, twice},
		"not alive":                                    {all(dead), Failed, once},
		"not alive, and a stall at first":              {all(dead, stall(14.5, 16)), Failed, once},
		"not alive, and stalls":                        {all(dead, stalls), Broken, twice},
		"a leak":                                       {all(leak), Failed, once},
		"a leak, and stalls":                           {all(leak, stalls), Failed, once},
		"a leak, and a panic":                          {all(leak, panicked), Failed, once},
		"a leak, and a dead stack":                     {all(leak, unproven), Failed, once},
		"a leak, and no witness":                       {all(leak, noWitness), Failed, once},
		"a leak, and unsupported":                      {all(leak, lacking), Failed, once},
		"a leak, and a recording cut short":            {all(leak, cut), Failed, once},
		"a denied row, and stalls":                     {all(denied, stalls), Failed, once},
		"a stale row":                                  {all(stale), Failed, once},
		"a stale row, and stalls":                      {all(stale, stalls), Broken, twice},
		"a broken contract, and stalls":                {all(breach, stalls), Failed, once},
		"a prompt 500, and stalls":                     {all(prompt500, stalls), Failed, once},
		"a prompt 500, and a dead stack":               {all(prompt500, unproven), Broken, once},
		"a slow 500, and stalls":                       {all(slow500, stalls), Broken, twice},
		"a slow 500 in a stall, then one without":      {all(slow500, stall(12, 13), hit(23, 1, record.Hit{Status: 500})), Failed, once},
		"a lost write":                                 {all(lost), Failed, once},
		"a lost write, and stalls":                     {all(lost, stalls), Failed, once},
		"a lost write, and a dead stack":               {all(lost, unproven), Broken, once},
		"a lost write, and a panic":                    {all(lost, panicked), Failed, once},
		"an observer error":                            {all(blind), Broken, once},
		"an observer error, and stalls":                {all(blind, stalls), Broken, twice},
		"an observer error, and a leak":                {all(blind, leak), Failed, once},
		"an observer error, and never back":            {all(blind, neverBack), Broken, once},
		"no witness":                                   {all(noWitness), Inconclusive, once},
		"no witness, and stalls":                       {all(noWitness, stalls), Inconclusive, twice},
		"no witness, and never down":                   {all(noWitness, neverDown), Inconclusive, once},
		"not healed, and never back":                   {all(unhealed, neverBack), Broken, once},
		"a panic":                                      {all(panicked), Broken, once},
		"a panic, and stalls":                          {all(panicked, stalls), Broken, once},
		"not made ready, and stalls":                   {all(unready, stalls), Broken, twice},
		"unsupported, and stalls":                      {all(lacking, stalls), Unsupported, once},
		"never down, and a dead stack":                 {all(neverDown, unproven), Broken, once},
		"a start that hangs":                           {all(hung, blamed), Failed, once},
		"a start that hangs, and stalls":               {all(hung, blamed, stalls), Broken, twice},
		"a start that hangs, and a dead stack":         {all(hung, blamed, unproven), Broken, once},
		"a start that the harness could not carry out": {all(hung), Broken, once},
	} {
		r := Judge(tabled(), scenarios.Verify, false, recorded(c.changes...))
		if r.Verdict != c.want || r.Overloaded != c.retry {
			t.Errorf("%s: %s, retry %t (%s); want %s, %t", name, r.Verdict, r.Overloaded, r.Reason, c.want, c.retry)
		}
		held := r.Claims[0].State == ClaimHeld
		if sound := len(c.changes) == 0 || !slices.ContainsFunc(unsound, func(word string) bool { return strings.Contains(name, word) }); held && !sound {
			t.Errorf("%s: the claim held, although nothing follows from the attempt", name)
		}
	}
}
