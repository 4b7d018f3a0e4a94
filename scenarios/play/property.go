package play

import (
	"context"
	"time"

	"github.com/runproof/runproof/scenarios"
)

// propertyTimeout bounds one check of a property: some dozen requests, and for
// resources the wait until nothing is under way.
const propertyTimeout = 15 * time.Second

// When the properties are checked: the stages of their phase.
const (
	beforeFaults = iota
	afterRecovery
)

// properties checks each, one after the other: what one asks for would be in use
// while the next is checked. Before the faults only those are, which compare.
func (p *observer) properties(ctx context.Context, when int) {
	p.phase(scenarios.PhaseProperty, when)
	for _, property := range p.s.Properties() {
		if when == beforeFaults && !property.ComparesWithBefore() {
			continue
		}
		checking, done := context.WithTimeout(ctx, propertyTimeout)
		o := p.w.Observe(checking, scenarios.Probe{Kind: scenarios.ProbeProperty, Property: property}, p.began)
		done()
		p.recordObservation(scenarios.PhaseProperty, when, string(property), o)
	}
}
