package judge

import (
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
)

// TestNothingIsTooEarlyWithoutTheFault: what holds all the while is counted from
// a moment that only the fault brings about. By hand: with since and notBefore
// left in undisturbedOutcome, the first is too early.
func TestNothingIsTooEarlyWithoutTheFault(t *testing.T) {
	at := time.Now()
	e := scenarios.GET("/").Answers(200).Undisturbed().Since("opened", time.Minute).By(2 * time.Minute).Implied()
	j := newJudge(scenarios.Scenario{Fault: fault.Refuse(fault.Postgres), During: []scenarios.Expectation{e}}, scenarios.Control, false, timeline{})
	for status, want := range map[int]bool{200: true, 503: false} {
		k := key{scenarios.PhaseDuring, 0, e.Spec().ID()}
		j.timeline = timeline{observations: map[key][]scenarios.Observation{k: {{At: at, Status: status}}}, starts: map[key]time.Time{{scenarios.PhaseDuring, 0, ""}: at}}
		if o := j.undisturbedOutcome(k, e.Spec()); o.Held != want {
			t.Errorf("%d: held %v (%s), want %v", status, o.Held, o.Reason, want)
		}
	}
}
