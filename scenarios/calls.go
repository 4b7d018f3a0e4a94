package scenarios

import (
	"fmt"
	"time"
)

// ProbeCalls counts the requests of the service that reached a neighbour.
const ProbeCalls ProbeKind = "calls"

// Calls counts the requests of the service that reached a neighbour, from the
// beginning of the phase, or since the moment that Since names. A breaker that
// is open is told by it from one that only says so.
func Calls(on Dependency) Expectation {
	return Expectation{Probe: Probe{Kind: ProbeCalls, On: on}}
}

// None asks that no request arrives between two times after the beginning. It
// holds as soon as the second is over.
func (e Expectation) None(from, to time.Duration) Expectation { return e.arriving(0, from, to) }

// One asks that exactly one request arrives between two times after the
// beginning. It holds as soon as the second is over.
func (e Expectation) One(from, to time.Duration) Expectation { return e.arriving(1, from, to) }

func (e Expectation) arriving(want int, from, to time.Duration) Expectation {
	return e.and(Check{
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

// counted holds of every look that could count.
func counted() Check {
	return Check{Name: "are counted", Holds: func(o Observation) bool { return o.Err == "" }}
}
