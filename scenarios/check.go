package scenarios

import "time"

// Check is one thing that must be true of an observation.
type Check struct {
	// Name reads after the probe: "answers 503".
	Name string
	// Holds judges one observation. It is pure.
	Holds func(Observation) bool
	// slowerThan is set by checks that ask for slowness, so that a scenario
	// whose fault alone makes them true can be rejected.
	slowerThan time.Duration
	// Statuses are those of which one is asked for.
	Statuses []int
	// path is the field of a document that it is asked of.
	path string
	// one names what an observation has one of, where the check asks for its
	// value: no second check of an expectation can.
	one string
	// absence is set by what holds while nothing is seen.
	absence bool
}
