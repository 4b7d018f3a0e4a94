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
	return c.check(Check{Kind: "arriving", Count: want, From: from, To: to})
}

func (c Check) arrivingReads() string {
	return fmt.Sprintf("number %d between %s and %s", c.Count, c.From, c.To)
}

func (c Check) arrivingHolds(o Observation) bool {
	n := 0
	for _, at := range o.Calls {
		if at > c.From && at <= c.To {
			n++
		}
	}
	return o.Err == "" && o.Span > c.To && n == c.Count
}

// AtMost asks that no more than so many arrive in any stretch of a length.
func (c CallsExpectation) AtMost(most int, in time.Duration) CallsExpectation {
	return c.check(Check{Kind: "atMost", Count: most, To: in})
}

func (c Check) atMostReads() string { return fmt.Sprintf("at most %d in %s", c.Count, c.To) }

func (c Check) atMostHolds(o Observation) bool {
	for first := 0; first+c.Count < len(o.Calls); first++ {
		if o.Calls[first+c.Count]-o.Calls[first] < c.To {
			return false
		}
	}
	return o.Err == ""
}

// counted holds of every observation that could count.
func counted() Check { return Check{Kind: "counted"} }

func (Check) countedHolds(o Observation) bool { return o.Err == "" }
