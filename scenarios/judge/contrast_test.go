package judge

import (
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
)

// By hand: take FailsOn for Holds, and the slow answer shows that the check can fail; leave
// wholeOf out, and a harness without file descriptors does.
func TestTheContrastIsWhatTheOtherStateShowed(t *testing.T) {
	const none = scenarios.Anonymous
	before := func(o scenarios.Observation) change { return observed(scenarios.PhaseBefore, notReady, 0, o) }
	for name, c := range map[string]struct {
		change change
		steady scenarios.Caller // whose look at the same is added to the steady state
		want   *Contrast
	}{
		"another answer":            {before(scenarios.Observation{Status: 200}), none, &Contrast{Phase: scenarios.PhaseBefore}},
		"the same answer":           {before(scenarios.Observation{Status: 503}), none, &Contrast{Phase: scenarios.PhaseBefore, Holds: true}},
		"no answer":                 {before(scenarios.Observation{Class: scenarios.ClassTimeout, Err: "timeout"}), none, nil},
		"an observer error":         {before(scenarios.Observation{Class: scenarios.ClassObserverError, Err: "no file descriptor"}), none, nil},
		"an answer that broke off":  {before(scenarios.Observation{Status: 200, Class: scenarios.ClassEOF, Err: "unexpected EOF"}), none, nil},
		"not observed":              {without(isBefore), none, nil},
		"the steady state in place": {without(isBefore), scenarios.TheTenant, &Contrast{Phase: scenarios.PhaseSteady}},
		"of another caller":         {without(isBefore), scenarios.AReader, nil},
	} {
		s := tabled()
		changes := []change{c.change}
		if c.steady != none {
			e, seen := readyBefore(c.steady)
			s.Steady, changes = append(s.Steady, e), append(changes, seen)
		}
		got := outcomeOf(t, Judge(s, scenarios.Verify, false, recorded(changes...)), scenarios.PhaseDuring, notReady).Contrast
		if (got == nil) != (c.want == nil) || got != nil && (got.Phase != c.want.Phase || got.Holds != c.want.Holds || got.Seen == "") {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

// What must hold once the fault is healed is compared with what was seen under it.
func TestTheContrastOfARecoveryIsTheFault(t *testing.T) {
	r := Judge(tabled(), scenarios.Verify, false, recorded())
	if got := outcomeOf(t, r, scenarios.PhaseAfter, ready).Contrast; got == nil || got.Holds || got.Phase != scenarios.PhaseDuring {
		t.Errorf("%+v", got)
	}
	if got := outcomeOf(t, r, scenarios.PhaseSteady, reads).Contrast; got != nil {
		t.Errorf("%s: %+v, which nobody asked for under the fault", reads, got)
	}
}

// A window that counts from a moment is not in the checks, which are all that is compared.
func TestAWindowHasNoContrast(t *testing.T) {
	s := tabled()
	e := scenarios.GET("/health/ready").Answers(503).By(5 * time.Second).Spec()
	e.NotBefore = time.Second
	j := newJudge(s, scenarios.Verify, false, newTimeline(recorded()))
	k := key{scenarios.PhaseDuring, 0, notReady}
	if got := j.contrast(k, e); got != nil {
		t.Errorf("%+v", got)
	}
	if e.NotBefore = 0; j.contrast(k, e) == nil {
		t.Error("none without the window either")
	}
}

func isBefore(e record.Event) bool {
	return e.Kind == record.EventObservation && e.Phase == scenarios.PhaseBefore
}

// readyBefore adds a look at the readiness, on somebody's behalf, to the steady state.
func readyBefore(as scenarios.Caller) (scenarios.Expectation, change) {
	e := scenarios.GET("/health/ready").As(as).Answers(200)
	return e, also(record.Event{
		At: sec(1), Kind: record.EventObservation, Phase: scenarios.PhaseSteady, Of: e.Spec().ID(),
		Observation: &scenarios.Observation{At: sec(1), Took: time.Millisecond, Status: 200},
	})
}

func outcomeOf(t *testing.T, r Result, phase scenarios.Phase, id string) Outcome {
	t.Helper()
	for _, o := range r.Outcomes {
		if o.Phase == phase && o.ID == id && o.Held {
			return o
		}
	}
	t.Fatalf("%s: %s did not hold: %s %s", phase, id, r.Verdict, r.Reason)
	return Outcome{}
}
