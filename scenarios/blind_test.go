package scenarios

import (
	"testing"
	"time"
)

// TestWhoCannotLookBlamesNobody: on a busy machine the harness could not count
// what a command had left, and the service was said to break the claim. By
// hand: without the case of the blind in failed, it is Failed; without that of
// the unseen, the one of two; without that of the cut short in add, the last
// look is believed.
func TestWhoCannotLookBlamesNobody(t *testing.T) {
	const claim = "cleared"
	began := time.Now()
	blind := Observation{At: began, Took: time.Second, Err: "no connection", Class: ClassBlind}
	left := Observation{At: began, Took: time.Millisecond, Cached: []CacheEntry{{Key: "event:1", Value: "left"}}}
	empty := Observation{At: began, Took: time.Millisecond}
	later := func(o Observation) Observation { o.At = began.Add(time.Second); return o }
	cut := Observation{At: began.Add(4990 * time.Millisecond), Took: 13 * time.Millisecond, Err: "context deadline exceeded", Class: ClassBlind}
	cleared := Cache("event:*").HasNoKeys().By(5 * time.Second).Proves(claim)
	for name, c := range map[string]struct {
		s    Scenario
		k    key
		seen []Observation
		want Verdict
		says ClaimState
	}{
		"steady: the only look":      {Scenario{Steady: []Expectation{cleared}}, key{PhaseSteady, 0, 0}, []Observation{blind}, Broken, ClaimUntested},
		"steady: then it looks":      {Scenario{Steady: []Expectation{cleared}}, key{PhaseSteady, 0, 0}, []Observation{blind, later(empty)}, Passed, ClaimHeld},
		"steady: sees it, then not":  {Scenario{Steady: []Expectation{cleared}}, key{PhaseSteady, 0, 0}, []Observation{left, blind}, Broken, ClaimUntested},
		"steady: sees what is wrong": {Scenario{Steady: []Expectation{cleared}}, key{PhaseSteady, 0, 0}, []Observation{left}, Failed, ClaimBroken},
		"steady: the one before":     {Scenario{Steady: []Expectation{cleared, GET("/")}}, key{PhaseSteady, 0, 0}, []Observation{blind}, Broken, ClaimUntested},
		"steady: until it is over":   {Scenario{Steady: []Expectation{cleared}}, key{PhaseSteady, 0, 0}, []Observation{left, cut}, Failed, ClaimBroken},
		"always: one of two":         {Scenario{Always: []Expectation{cleared}}, key{PhaseAlways, 0, 0}, []Observation{empty, blind}, Passed, ClaimHeld},
		"always: none":               {Scenario{Always: []Expectation{cleared}}, key{PhaseAlways, 0, 0}, []Observation{blind}, Broken, ClaimUntested},
		"always: and what is wrong":  {Scenario{Always: []Expectation{cleared}}, key{PhaseAlways, 0, 0}, []Observation{blind, left}, Failed, ClaimBroken},
	} {
		j := &judge{s: c.s, course: course{complete: true, proofs: []string{"", ""}, looks: map[key][]Observation{c.k: c.seen}}}
		var r Result
		r.Outcomes = j.outcomes()
		if got, why := j.verdict(r.Outcomes); got != c.want {
			t.Errorf("%s: %s (%s), want %s", name, got, why, c.want)
		}
		if got := j.claim(claim, r); got.State != c.says {
			t.Errorf("%s: the claim is %s (%s), want %s", name, got.State, got.Reason, c.says)
		}
	}
}
