package scenarios

import (
	"fmt"
	"slices"
	"time"
)

// StrainBound is how long what no fault can reach may take to answer. Beyond
// it the machine, and not the service, may be why a promise was not kept: a
// probe waits a second for an answer. Measured (two cores): at most 0.5 s with
// sixteen scenarios side by side, and seconds where other programs take all of
// the time.
const StrainBound = time.Second

const (
	// strainShare is the part of the time given to an expectation that the
	// machine may take away: a second of five, four of twenty.
	strainShare = 5
	// strainReach is how far back a look may feel what the machine did: the
	// service answers late, or gives up, when the wait is over already.
	strainReach = LookTimeout
)

// Strain is a time for which the harness had to wait for something that no
// fault can reach: a timer, or a server of the stack by its direct way.
type Strain struct {
	// What was waited for.
	What string
	// At is when the wait ended.
	At   time.Time
	Took time.Duration
}

// noTime excuses a failure by the machine's strain.
func noTime(e *Event, failed string) string {
	return fmt.Sprintf("the machine has no time to spare: %s took %s at %s, which no fault can reach; before that: %s",
		e.Text, e.Took.Round(time.Millisecond), e.At.UTC().Format("15:04:05"), failed)
}

// window is the time in which an expectation could have been met.
type window struct{ from, to time.Time }

// window is the time of one look.
func (o Observation) window() window { return window{o.At, o.Ended()} }

// strainedIn is the longest of the waits that took too much of a window's time
// away, nil where they took little. Of a window that never began, every wait is
// part.
func (c *course) strainedIn(w window) *Event {
	var (
		waits []window // within it
		worst *Event
	)
	if from := w.to.Add(-strainReach); from.Before(w.from) {
		w.from = from
	}
	for i, e := range c.strains {
		from, to := e.At.Add(-e.Took), e.At
		if !w.to.IsZero() {
			from, to = later(from, w.from), earlier(to, w.to)
		}
		if to.After(from) {
			waits = append(waits, window{from, to})
			if worst == nil || e.Took > worst.Took {
				worst = &c.strains[i]
			}
		}
	}
	if lost(waits)*strainShare < w.to.Sub(w.from) {
		return nil
	}
	return worst
}

// hasty reports whether something held too early by more than the machine's
// waits explain. They make the moment that it is counted from be noticed late,
// and what came after it seem early. Half of the promised time is left for waits
// that nobody felt.
func (c *course) hasty(o Outcome) bool {
	if !o.early {
		return false
	}
	var waits []window
	for _, e := range c.strains {
		waits = append(waits, window{e.At.Add(-e.Took), e.At})
	}
	return o.tried.to.Sub(o.tried.from)+lost(waits) < o.NotBefore/2
}

// lost is the time that somebody waited in. Several see the same stall.
func lost(waits []window) (sum time.Duration) {
	slices.SortFunc(waits, func(a, b window) int { return a.from.Compare(b.from) })
	var until time.Time
	for _, w := range waits {
		if from := later(w.from, until); w.to.After(from) {
			sum += w.to.Sub(from)
			until = w.to
		}
	}
	return sum
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
