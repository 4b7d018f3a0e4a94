package scenarios

import (
	"fmt"
	"time"
)

// StallLimit is how long what no fault can reach may take to answer. Beyond it
// the host, and not the service, may be why a promise was not kept: a probe
// waits a second for an answer. Measured (two cores): at most 0.5 s with sixteen
// scenarios side by side, and seconds where other programs take all of the time.
const StallLimit = time.Second

// Stall is a time for which the host kept the harness waiting for something
// that no fault can reach: a timer, or a server of the stack by its direct path.
type Stall struct {
	// What was waited for.
	What string
	// At is when the wait ended.
	At   time.Time
	Took time.Duration
}

// overloaded says that a stall, and not the service, may be why something failed.
func overloaded(e *Event, failed string) string {
	return fmt.Sprintf("the host was overloaded: %s took %s at %s, which no fault can reach; before that: %s",
		e.Text, e.Took.Round(time.Millisecond), e.At.UTC().Format("15:04:05"), failed)
}

// window is the time in which an expectation could have been met. Of one that
// never ended, or never began, every stall is part.
type window struct{ from, to time.Time }

// windowOf is the time of one observation.
func windowOf(o Observation) window { return window{o.At, o.Ended()} }

// stalledIn is the longest stall that shares time with a window, nil without
// one. A service answers late, or gives up, when a stall is over already, so
// that the window reaches back by as long as a probe waits.
func (c *course) stalledIn(w window) (longest *Event) {
	if back := w.to.Add(-LookTimeout); back.Before(w.from) {
		w.from = back
	}
	for i, e := range c.stalls {
		within := e.At.After(w.from) && (w.to.IsZero() || e.At.Add(-e.Took).Before(w.to))
		if within && (longest == nil || e.Took > longest.Took) {
			longest = &c.stalls[i]
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
