package play

import (
	"time"

	"github.com/runproof/runproof/scenarios"
)

// Bound is when a playing is ended, whatever it still waits for, so that
// nothing hangs: the budget, which a service that keeps its promises stays well
// within, and all that a broken one may add by letting each of the engine's own
// waits come to its end.
func Bound(s scenarios.Scenario) time.Duration {
	limit := s.Budget + diagnosing(s) + 2*scenarios.ProofDeadline + startDeadline
	for range s.Stages() {
		limit += 3*scenarios.WitnessDeadline + healDeadline + 2*scenarios.ObservationTimeout + 2*reachTimeout + alwaysTimeout
		limit += quietPeriods * (quietPeriod + scenarios.ObservationTimeout)
	}
	if s.LoadRate() > 0 {
		limit += 4*loadStartTimeout + scenarios.LoadRequestTimeout
	}
	for _, property := range s.Properties() {
		bound := propertyBound(s, property)
		limit += bound
		if property.ComparesWithBefore() {
			limit += bound
		}
		if property.HoldsUnderFault() {
			limit += bound
		}
	}
	for _, e := range s.Expectations() {
		if e.Milestone != "" {
			limit += e.EffectiveDeadline() // others begin to wait when this one is decided
		}
		limit += time.Duration(e.RequiredInARow()-1) * (scenarios.ObservationTimeout + maxPollInterval) // a row that has begun in time
	}
	return limit
}
