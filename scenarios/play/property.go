package play

import (
	"context"
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios"
)

const (
	// propertyTimeout bounds one check of a property: some dozen requests, and for
	// resources the wait until nothing is under way.
	propertyTimeout = 15 * time.Second
	// thoroughTimeout bounds one that a scenario asks for: some hundred requests, and
	// processes of the service of its own. On an idle host the longest takes 8 s.
	thoroughTimeout = time.Minute
)

// propertyBound is how long a check may take in a scenario.
func propertyBound(s scenarios.Scenario, p scenarios.Property) time.Duration {
	if slices.Contains(s.Also, p) {
		return thoroughTimeout
	}
	return propertyTimeout
}

// When the properties are checked: the stages of their phase.
const (
	beforeFaults = iota
	afterRecovery
	underFault
)

// properties checks each, one after the other: what one asks for would be in use
// while the next is checked. Before the faults only those are, which compare, and
// under a fault those that it does not concern.
func (p *observer) properties(ctx context.Context, when int) {
	p.phase(scenarios.PhaseProperty, when)
	for _, property := range p.s.Properties() {
		if when == beforeFaults && !property.ComparesWithBefore() || when == underFault && !property.HoldsUnderFault() {
			continue
		}
		checking, done := context.WithTimeout(ctx, propertyBound(p.s, property))
		o := p.w.Observe(checking, scenarios.Probe{Kind: scenarios.ProbeProperty, Property: property}, p.began)
		done()
		p.recordObservation(scenarios.PhaseProperty, when, string(property), o)
	}
}
