package judge

import (
	"fmt"
	"time"

	"github.com/runproof/runproof/scenarios"
)

// Evaluator follows the observations of one expectation and tells whether it is settled.
// The engine and the judge use the same fold, so what ended a wait is what is
// judged.
//
// The deadline is for what holds to be seen. Of several observations in a row it is the
// first that must be in time: how fast the others follow is the machine's affair.
type Evaluator struct {
	e     scenarios.ExpectationSpec
	start time.Time

	streak   int
	First    time.Time // when the streak's first observation saw what holds
	gap      time.Duration
	previous time.Time // end of the observation before

	// failing is when the first of the last observations in a row began that did not hold.
	failing time.Time

	Held         bool
	early        bool
	observations int
	last         scenarios.Observation
	reason       string
}

// NewEvaluator counts from start, or from the first observation where start is zero.
func NewEvaluator(e scenarios.ExpectationSpec, start time.Time) *Evaluator {
	return &Evaluator{e: e, start: start}
}

// Deadline is when the first observation that holds must be there.
func (f *Evaluator) Deadline() time.Time { return f.start.Add(f.e.EffectiveDeadline()) }

// Add takes one observation and reports whether no further look can change anything.
func (f *Evaluator) Add(o scenarios.Observation) (settled bool) {
	o = f.e.WithUnknownFields(o)
	f.observations++
	if f.start.IsZero() {
		f.start = o.At
	}
	ok, failed := f.e.Holds(o)
	ok = ok && !o.ObserverError()
	switch {
	case ok:
		f.failing = time.Time{}
	case f.failing.IsZero() && !o.ObserverError():
		f.failing = o.At
	}
	late := o.Ended().After(f.Deadline())
	switch {
	case ok && late && f.streak == 0:
		f.reason = fmt.Sprintf("held only after its deadline of %s", f.e.EffectiveDeadline())
	case ok:
		if f.streak == 0 {
			f.First, f.gap = o.SeenAt(), 0
			if !f.previous.IsZero() && f.previous.Before(f.First) {
				f.gap = f.First.Sub(f.previous)
			}
		}
		f.streak++
		f.reason = fmt.Sprintf("held %d times in a row, not %d", f.streak, f.e.RequiredInARow())
		if f.e.NotBefore > 0 && f.First.Before(f.start.Add(f.e.NotBefore)) {
			f.early = true
			f.reason = fmt.Sprintf("held already after %s, not before %s was promised",
				f.First.Sub(f.start).Round(time.Millisecond), f.e.NotBefore)
		}
	case f.cutShort(o):
		f.streak = 0
	case o.ObserverError():
		f.streak, f.reason = 0, "the harness could not look"
	default:
		f.streak, f.reason = 0, "not: "+failed
	}
	if !f.cutShort(o) {
		f.last = o
	}
	f.previous = o.Ended()
	f.Held = f.streak >= f.e.RequiredInARow() && !f.early
	missed := !ok && f.e.DecidedBy(o)
	return f.Held || f.early || late && f.streak == 0 || missed || o.Hopeless != "" || o.Audit != nil && o.Audit.Final()
}

// Unseen reports whether the harness could not take the last observation.
func (f *Evaluator) Unseen() bool { return f.last.ObserverError() }

// Holding reports whether the last observation held.
func (f *Evaluator) Holding() bool { return f.streak > 0 }

// Until is when an observation that begins now is to end at the latest.
func (f *Evaluator) Until(end time.Time) time.Time {
	if f.streak == 0 {
		return end
	}
	return later(end, time.Now().Add(scenarios.ObservationTimeout))
}

// cutShort reports whether an observation was ended by the deadline before it could
// tell anything; the observation before it is then the better evidence.
func (f *Evaluator) cutShort(o scenarios.Observation) bool {
	const telling = time.Second
	return f.observations > 1 && (o.Class == scenarios.ClassTimeout || o.ObserverError()) && o.Took < telling && !o.Ended().Before(f.Deadline())
}

// sees is the time from start until what holds was first seen, corrected by
// half of the pause in which it came about.
func (f *Evaluator) sees(start time.Time) time.Duration {
	return max(f.First.Sub(start)-f.gap/2, 0)
}
