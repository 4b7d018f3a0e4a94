package judge

import (
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
)

// TestOneLateAnswerIsRetried: readiness said that Redis was down, once, 207 ms after it
// was asked on a busy host, and the service was said to break its promise.
func TestOneLateAnswerIsRetried(t *testing.T) {
	e := scenarios.GET("/health/ready").Answers(200).Showing("checks.redis", "UP")
	began := time.Now()
	look := func(n int, redis string, took time.Duration) scenarios.Observation {
		return scenarios.Observation{At: began.Add(time.Duration(n) * time.Second), Took: took, Status: 200, Body: `{"checks":{"redis":"` + redis + `"}}`}
	}
	up := func(n int) scenarios.Observation { return look(n, "UP", time.Millisecond) }
	late := func(n int) scenarios.Observation { return look(n, "DOWN", 207*time.Millisecond) }
	for name, c := range map[string]struct {
		seen    []scenarios.Observation
		want    Verdict
		retried bool
	}{
		"all well":                {[]scenarios.Observation{up(0), up(1), up(2)}, Passed, false},
		"one late":                {[]scenarios.Observation{up(0), late(1), up(2)}, Broken, true},
		"one at once":             {[]scenarios.Observation{up(0), look(1, "DOWN", 5*time.Millisecond), up(2)}, Failed, false},
		"two late":                {[]scenarios.Observation{up(0), late(1), up(2), late(3), up(4)}, Failed, false},
		"late at the end":         {[]scenarios.Observation{up(0), up(1), late(2)}, Failed, false},
		"late from the beginning": {[]scenarios.Observation{late(0), up(1), up(2)}, Failed, false},
	} {
		s := scenarios.Scenario{Always: []scenarios.Expectation{e}}
		j := newJudge(s, scenarios.Verify, false, timeline{complete: true, proofs: []string{"", ""},
			observations: map[key][]scenarios.Observation{{scenarios.PhaseAlways, 0, e.Spec().ID()}: c.seen}})
		got, why, _ := j.verdict(j.outcomes())
		if got != c.want || j.overloaded(got) != c.retried {
			t.Errorf("%s: %s (%s), want %s", name, got, why, c.want)
		}
	}
}

// TestWhoCannotLookBlamesNobody: on a busy machine the harness could not count
// what a command had left, and the service was said to break the claim. By
// hand: without the case of the blind in failed, it is Failed; without that of
// the unseen, the one of two; without that of the cut short in add, the last
// look is believed.
func TestWhoCannotLookBlamesNobody(t *testing.T) {
	const claim = "cleared"
	began := time.Now()
	blind := scenarios.Observation{At: began, Took: time.Second, Err: "no connection", Class: scenarios.ClassObserverError}
	left := scenarios.Observation{At: began, Took: time.Millisecond, Cached: []scenarios.CacheEntry{{Key: "event:1", Value: "left"}}}
	empty := scenarios.Observation{At: began, Took: time.Millisecond}
	later := func(o scenarios.Observation) scenarios.Observation { o.At = began.Add(time.Second); return o }
	cut := scenarios.Observation{At: began.Add(4990 * time.Millisecond), Took: 13 * time.Millisecond, Err: "context deadline exceeded", Class: scenarios.ClassObserverError}
	cleared := scenarios.Cache("event:*").HasNoKeys().By(5 * time.Second).Proves(claim)
	for name, c := range map[string]struct {
		s    scenarios.Scenario
		k    key
		seen []scenarios.Observation
		want Verdict
		says ClaimState
	}{
		"steady: the only look":      {scenarios.Scenario{Steady: []scenarios.Expectation{cleared}}, key{scenarios.PhaseSteady, 0, cleared.Spec().ID()}, []scenarios.Observation{blind}, Broken, ClaimUntested},
		"steady: then it looks":      {scenarios.Scenario{Steady: []scenarios.Expectation{cleared}}, key{scenarios.PhaseSteady, 0, cleared.Spec().ID()}, []scenarios.Observation{blind, later(empty)}, Passed, ClaimHeld},
		"steady: sees it, then not":  {scenarios.Scenario{Steady: []scenarios.Expectation{cleared}}, key{scenarios.PhaseSteady, 0, cleared.Spec().ID()}, []scenarios.Observation{left, blind}, Broken, ClaimUntested},
		"steady: sees what is wrong": {scenarios.Scenario{Steady: []scenarios.Expectation{cleared}}, key{scenarios.PhaseSteady, 0, cleared.Spec().ID()}, []scenarios.Observation{left}, Failed, ClaimBroken},
		"steady: the one before":     {scenarios.Scenario{Steady: []scenarios.Expectation{cleared, scenarios.GET("/")}}, key{scenarios.PhaseSteady, 0, cleared.Spec().ID()}, []scenarios.Observation{blind}, Broken, ClaimUntested},
		"steady: until it is over":   {scenarios.Scenario{Steady: []scenarios.Expectation{cleared}}, key{scenarios.PhaseSteady, 0, cleared.Spec().ID()}, []scenarios.Observation{left, cut}, Failed, ClaimBroken},
		"always: one of two":         {scenarios.Scenario{Always: []scenarios.Expectation{cleared}}, key{scenarios.PhaseAlways, 0, cleared.Spec().ID()}, []scenarios.Observation{empty, blind}, Passed, ClaimHeld},
		"always: none":               {scenarios.Scenario{Always: []scenarios.Expectation{cleared}}, key{scenarios.PhaseAlways, 0, cleared.Spec().ID()}, []scenarios.Observation{blind}, Broken, ClaimUntested},
		"always: and what is wrong":  {scenarios.Scenario{Always: []scenarios.Expectation{cleared}}, key{scenarios.PhaseAlways, 0, cleared.Spec().ID()}, []scenarios.Observation{blind, left}, Failed, ClaimBroken},
	} {
		j := newJudge(c.s, scenarios.Verify, false, timeline{complete: true, proofs: []string{"", ""}, observations: map[key][]scenarios.Observation{c.k: c.seen}})
		outcomes := j.outcomes()
		if got, why, _ := j.verdict(outcomes); got != c.want {
			t.Errorf("%s: %s (%s), want %s", name, got, why, c.want)
		}
		if got := j.claim(claim, Result{}, outcomes); got.State != c.says {
			t.Errorf("%s: the claim is %s (%s), want %s", name, got.State, got.Reason, c.says)
		}
	}
}
