package judge

import (
	"fmt"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
)

// overloaded says that a stall, and not the service, may be why something failed.
func overloaded(e *record.Event, failed string) string {
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

// overloaded reports whether an attempt decided nothing while the host stalled.
// What broke the harness stands, such as something that could not be removed,
// unless the scenario only was not made ready.
func (j *timeline) overloaded(v Verdict) bool {
	return (v == Broken || v == Inconclusive) && len(j.stalls) > 0 && len(j.harness) <= j.unready
}
