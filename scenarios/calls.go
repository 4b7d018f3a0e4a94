package scenarios

import (
	"fmt"
	"time"

	"github.com/runproof/runproof/scenarios/fault"
)

// ProbeCalls counts what reaches a dependency.
const ProbeCalls ProbeKind = "calls"

// CallsExpectation is of the requests that reach a dependency.
type CallsExpectation struct{ builder[CallsExpectation] }

func ofCalls(e ExpectationSpec) CallsExpectation {
	return CallsExpectation{builder[CallsExpectation]{e, ofCalls}}
}

// Calls counts the requests of the service that reached a dependency, or the
// connections that a proxy in front of a server accepted, from the beginning of
// the phase, or since the milestone that Since names. A breaker that is open is
// told by it from one that only says so.
func Calls(on fault.Dependency) CallsExpectation {
	return ofCalls(ExpectationSpec{Probe: Probe{Kind: ProbeCalls, On: on}})
}

// None asks that no request arrives between two times after the beginning. It
// holds as soon as the second is over.
func (c CallsExpectation) None(from, to time.Duration) CallsExpectation {
	return c.arriving(0, from, to)
}

// One asks that exactly one request arrives between two times after the
// beginning. It holds as soon as the second is over.
func (c CallsExpectation) One(from, to time.Duration) CallsExpectation {
	return c.arriving(1, from, to)
}

func (c CallsExpectation) arriving(want int, from, to time.Duration) CallsExpectation {
	return c.check(Check{
		Name: fmt.Sprintf("number %d between %s and %s", want, from, to),
		Holds: func(o Observation) bool {
			n := 0
			for _, at := range o.Calls {
				if at > from && at <= to {
					n++
				}
			}
			return o.Err == "" && o.Span > to && n == want
		},
	})
}

// AtMost asks that no more than so many arrive in any stretch of a length.
func (c CallsExpectation) AtMost(most int, in time.Duration) CallsExpectation {
	return c.check(Check{
		Name: fmt.Sprintf("at most %d in %s", most, in),
		Holds: func(o Observation) bool {
			for first := 0; first+most < len(o.Calls); first++ {
				if o.Calls[first+most]-o.Calls[first] < in {
					return false
				}
			}
			return o.Err == ""
		},
	})
}

// counted holds of every observation that could count.
func counted() Check {
	return Check{Name: "are counted", Holds: func(o Observation) bool { return o.Err == "" }}
}
