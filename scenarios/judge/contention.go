package judge

import (
	"fmt"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
)

// overloaded says that a stall, and not the service, may be why something failed.
func overloaded(e *record.Event, failed string) string {
	if e.Text == "" {
		return fmt.Sprintf("the host may have been overloaded: one answer took %s at %s, and those before and after it hold: %s",
			e.Took.Round(time.Millisecond), e.At.UTC().Format("15:04:05"), failed)
	}
	return fmt.Sprintf("the host was overloaded: %s took %s at %s, which no fault can reach; before that: %s",
		e.Text, e.Took.Round(time.Millisecond), e.At.UTC().Format("15:04:05"), failed)
}

// window is the time in which an expectation could have been met. Of one that
// never ended, or never began, every stall is part.
type window struct{ from, to time.Time }

// windowOf is the time of one observation.
func windowOf(o scenarios.Observation) window { return window{o.At, o.Ended()} }

// stalledIn is the longest stall that shares time with a window, nil without
// one. A service answers late, or gives up, when a stall is over already, so
// that the window reaches back by as long as a probe waits.
func (j *timeline) stalledIn(w window) (longest *record.Event) {
	if back := w.to.Add(-scenarios.ObservationTimeout); back.Before(w.from) {
		w.from = back
	}
	for i, e := range j.stalls {
		within := e.At.After(w.from) && (w.to.IsZero() || e.At.Add(-e.Took).Before(w.to))
		if within && (longest == nil || e.Took > longest.Took) {
			longest = &j.stalls[i]
		}
	}
	return longest
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// excuseLone takes the only look that does not hold, where it came late and is
// between some that hold, for one that a moment of the host explains: it decides
// nothing, and is retried. A stall is a second, what a probe waits; a service has
// timeouts of its own that are shorter (a fifth of that, of a cache), and says of one
// that was over what is true: this once it got no answer.
func (j *judge) excuseLone(o *outcome, looks []scenarios.Observation, failing []int) {
	if len(failing) != 1 || o.definite || o.stall != nil || failing[0] == 0 || failing[0] == len(looks)-1 {
		return
	}
	if late := looks[failing[0]]; late.Status != 0 && !prompt(late) {
		o.stall = &record.Event{Kind: record.EventStall, At: late.Ended(), Took: late.Took}
		j.loneLate = true
	}
}

// overloaded reports whether an attempt decided nothing while the host stalled.
// What broke the harness stands, such as something that could not be removed,
// unless the scenario only was not made ready.
func (j *timeline) overloaded(v Verdict) bool {
	return (v == Broken || v == Inconclusive) && (len(j.stalls) > 0 || j.loneLate) && len(j.harness) <= j.unready
}
