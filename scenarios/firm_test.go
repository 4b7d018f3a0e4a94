package scenarios

import (
	"testing"
	"time"
)

// TestNoLackOfTimeMakesARefusalAWelcome: on a busy machine a service that took
// expired tokens was Broken, by a wait for something else. By hand: with firm
// false, all of the first are excused; with firm true, all of the others are not.
func TestNoLackOfTimeMakesARefusalAWelcome(t *testing.T) {
	create := POST("/api/v1/events", "x").Answers(401)
	list := GET("/api/v1/events").Answers(200)
	audited := Expectation{Probe: Probe{Kind: ProbeAudit}, Checks: []Check{{Name: "finds it", Holds: func(Observation) bool { return false }}}}
	exits := Process().Showing("message", "why")
	for name, c := range map[string]struct {
		e    Expectation
		seen Observation
		want Verdict
	}{
		"a welcome at once":            {create, Observation{Status: 201, Took: time.Millisecond}, Failed},
		"a leak":                       {Isolation().Silent(), Observation{Own: true, Foreign: []string{"a row"}, Took: 3 * time.Second}, Failed},
		"the books":                    {audited, Observation{Audit: &Books{Doubled: []string{"a write"}}}, Failed},
		"what is not settled yet":      {audited, Observation{Audit: &Books{Unsettled: []string{"a write"}}}, Broken},
		"no look into the books":       {audited, Observation{Err: "no connection", Class: ClassOther}, Broken},
		"the last words":               {exits, Observation{Body: `{"state":"exited","message":"nothing"}`}, Failed},
		"a denial at once":             {list, Observation{Status: 404, Took: time.Millisecond}, Failed},
		"a surprise at once":           {list, Observation{Status: 500, Took: time.Millisecond}, Failed},
		"a surprise after a while":     {list, Observation{Status: 500, Took: time.Second}, Broken},
		"a welcome after a while":      {create, Observation{Status: 201, Took: time.Second}, Broken},
		"no answer":                    {list, Observation{Took: 3 * time.Second, Err: "timeout", Class: ClassTimeout}, Broken},
		"somebody who gives up":        {list, Observation{Status: 503, Took: time.Millisecond}, Broken},
		"somebody who is asked a lot":  {list, Observation{Status: 429, Took: time.Millisecond}, Broken},
		"a list that lacks something":  {list.Saying("new"), Observation{Status: 200, Took: time.Millisecond, Body: "[]"}, Broken},
		"an answer that is late":       {list.FasterThan(time.Second), Observation{Status: 200, Took: 2 * time.Second}, Broken},
		"readiness that follows late":  {GET("/health/ready").Answers(503), Observation{Status: 200, Took: time.Millisecond}, Broken},
		"a process that has not ended": {exits, Observation{Body: `{"state":"running"}`}, Broken},
		"a tenant's own row not shown": {Isolation().Silent(), Observation{Err: "not seen"}, Broken},
	} {
		at := time.Now()
		c.seen.At = at
		r := Judge(Scenario{Steady: []Expectation{c.e.By(time.Minute).Implied()}}, Verify, false, []Event{
			{At: at, Kind: EventProof},
			{At: at, Kind: EventPhase, Phase: PhaseSteady},
			{At: at, Kind: EventLook, Phase: PhaseSteady, Look: &c.seen},
			{At: at, Kind: EventProof},
			{At: at.Add(2 * time.Second), Kind: EventStrain, Text: "an answer", Took: 7 * time.Second},
			{At: at.Add(5 * time.Second), Kind: EventPhase, Phase: PhaseEnd},
		})
		if r.Verdict != c.want {
			t.Errorf("%s: %s (%s), want %s", name, r.Verdict, r.Reason, c.want)
		}
	}
}
