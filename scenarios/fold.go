package scenarios

import (
	"fmt"
	"time"
)

// fold follows the looks of one expectation and tells whether it is settled.
// The engine and the judge use the same fold, so what ended a wait is what is
// judged.
//
// The deadline is for what holds to be seen. Of several looks in a row it is the
// first that must be in time: how fast the others follow is the machine's affair.
type fold struct {
	e     Expectation
	start time.Time

	streak   int
	first    time.Time // when the streak's first look saw what holds
	gap      time.Duration
	previous time.Time // end of the look before

	held   bool
	early  bool
	looks  int
	last   Observation
	reason string
}

// newFold counts from start, or from the first look where start is zero.
func newFold(e Expectation, start time.Time) *fold { return &fold{e: e, start: start} }

func (f *fold) end() time.Time { return f.start.Add(f.e.deadline()) }

// add takes one look and reports whether no further look can change anything.
func (f *fold) add(o Observation) (settled bool) {
	o = f.e.told(o)
	f.looks++
	if f.start.IsZero() {
		f.start = o.At
	}
	ok, failed := f.e.holds(o)
	ok = ok && !o.blind()
	late := o.Ended().After(f.end())
	switch {
	case ok && late && f.streak == 0:
		f.reason = fmt.Sprintf("held only after its deadline of %s", f.e.deadline())
	case ok:
		if f.streak == 0 {
			f.first, f.gap = o.when(), 0
			if !f.previous.IsZero() && f.previous.Before(f.first) {
				f.gap = f.first.Sub(f.previous)
			}
		}
		f.streak++
		f.reason = fmt.Sprintf("held %d times in a row, not %d", f.streak, f.e.inARow())
		if f.e.notBefore > 0 && f.first.Before(f.start.Add(f.e.notBefore)) {
			f.early = true
			f.reason = fmt.Sprintf("held already after %s, not before %s was promised",
				f.first.Sub(f.start).Round(time.Millisecond), f.e.notBefore)
		}
	case f.cutShort(o):
		f.streak = 0
	case o.blind():
		f.streak, f.reason = 0, "the harness could not look"
	default:
		f.streak, f.reason = 0, "not: "+failed
	}
	if !f.cutShort(o) {
		f.last = o
	}
	f.previous = o.Ended()
	f.held = f.streak >= f.e.inARow() && !f.early
	missed := !ok && f.e.decidedBy(o)
	return f.held || f.early || late && f.streak == 0 || missed || o.Hopeless != ""
}

// until is when a look that begins now is to end at the latest.
func (f *fold) until(end time.Time) time.Time {
	if f.streak == 0 {
		return end
	}
	return later(end, time.Now().Add(LookTimeout))
}

// cutShort reports whether a look was ended by the deadline before it could
// tell anything; the look before it is then the better evidence.
func (f *fold) cutShort(o Observation) bool {
	const telling = time.Second
	return f.looks > 1 && (o.Class == ClassTimeout || o.blind()) && o.Took < telling && !o.Ended().Before(f.end())
}

// sees is the time from start until what holds was first seen, corrected by
// half of the pause in which it came about.
func (f *fold) sees(start time.Time) time.Duration {
	return max(f.first.Sub(start)-f.gap/2, 0)
}
