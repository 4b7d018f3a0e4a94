package scenarios

import (
	"testing"
	"time"
)

// By hand: with every wait excusing everything, as it once was, a stall of a
// second and a half at the beginning made eight defects Broken.
func TestAWaitExcusesWhatItTookTheTimeFrom(t *testing.T) {
	at := func(s float64) time.Time { return time.Unix(0, 0).Add(time.Duration(s * float64(time.Second))) }
	wait := func(from, to float64) Event {
		return Event{Kind: EventStrain, At: at(to), Took: at(to).Sub(at(from)), Text: "a timer"}
	}
	for name, c := range map[string]struct {
		waits   []Event
		window  window
		excused bool
	}{
		"no wait":                               {nil, window{at(10), at(20)}, false},
		"a fifth of its time":                   {[]Event{wait(12, 14)}, window{at(10), at(20)}, true},
		"less":                                  {[]Event{wait(12, 13.9)}, window{at(10), at(20)}, false},
		"several together":                      {[]Event{wait(11, 12.1), wait(15, 16.1)}, window{at(10), at(20)}, true},
		"seen by several":                       {[]Event{wait(12, 13.5), wait(11.8, 13.6), wait(12.1, 13.2)}, window{at(10), at(20)}, false},
		"over before it began":                  {[]Event{wait(5, 9)}, window{at(10), at(20)}, false},
		"after it":                              {[]Event{wait(20, 30)}, window{at(10), at(20)}, false},
		"its part within":                       {[]Event{wait(0, 12)}, window{at(10), at(20)}, true},
		"its part within, too little":           {[]Event{wait(0, 11)}, window{at(10), at(20)}, false},
		"a look that was quick feels it":        {[]Event{wait(16, 19)}, window{at(20), at(20.01)}, true},
		"and not what was over long ago":        {[]Event{wait(10, 14)}, window{at(20), at(20.01)}, false},
		"what was never looked at had no time":  {[]Event{wait(10, 11.1)}, window{}, true},
		"what was never looked at and no wait":  {nil, window{}, false},
		"begun and never looked at, and a wait": {[]Event{wait(10, 11.1)}, window{from: at(10)}, true},
	} {
		if got := (&course{strains: c.waits}).strainedIn(c.window); (got != nil) != c.excused {
			t.Errorf("%s: excused by %v, want %v", name, got, c.excused)
		}
	}
}

// TestNoWaitMakesHalfTheTimeOfIt: on a busy machine a breaker that let requests
// through after five seconds of thirty was Broken. By hand: with hasty false, the
// first is; with the waits left out of it, the last is Failed.
func TestNoWaitMakesHalfTheTimeOfIt(t *testing.T) {
	opened, at := time.Unix(0, 0), func(s int) time.Time { return time.Unix(int64(s), 0) }
	s := Scenario{Steady: []Expectation{
		Log().Contains("opened").Called("opened").Implied(),
		GET("/").Answers(200).Since("opened", 30*time.Second).By(time.Minute).Implied(),
	}}
	for name, c := range map[string]struct {
		held, wait int
		want       Verdict
	}{
		"after five seconds":                   {5, 8, Failed},
		"after twenty":                         {20, 8, Broken},
		"after five, noticed late, maybe":      {5, 10, Broken},
		"after twenty, and nobody had to wait": {20, 0, Failed},
		"in time":                              {31, 8, Passed},
	} {
		events := []Event{
			{At: opened, Kind: EventProof},
			{At: opened, Kind: EventPhase, Phase: PhaseSteady},
			{At: opened, Kind: EventLook, Phase: PhaseSteady, Look: &Observation{At: opened, Lines: []string{"opened"}}},
			{At: at(c.held), Kind: EventLook, Phase: PhaseSteady, Index: 1, Look: &Observation{At: at(c.held), Status: 200}},
			{At: at(40), Kind: EventProof},
			{At: at(40), Kind: EventPhase, Phase: PhaseEnd},
		}
		if c.wait > 0 {
			wait := time.Duration(c.wait) * time.Second
			events = append(events, Event{At: at(c.held), Kind: EventStrain, Text: "a timer", Took: wait})
		}
		if r := Judge(s, Verify, false, events); r.Verdict != c.want {
			t.Errorf("%s: %s (%s), want %s", name, r.Verdict, r.Reason, c.want)
		}
	}
}
