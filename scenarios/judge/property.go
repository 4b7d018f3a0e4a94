package judge

import (
	"fmt"

	"github.com/runproof/runproof/scenarios"
)

// properties judges the checks of each property.
func (j *judge) properties() []outcome {
	var outcomes []outcome
	for _, property := range j.s.Properties() {
		o := outcome{Outcome: Outcome{
			Phase: scenarios.PhaseProperty, ID: "property(" + string(property) + ")", Expectation: "property: " + string(property), Basis: scenarios.Implied, Held: true,
		}, selfEvident: true}
		for when, then := range []string{"before the first fault", "after the last recovery"} {
			for _, seen := range seeing(j.observations[key{scenarios.PhaseProperty, when, string(property)}]) {
				o.Observations++
				if len(seen.Breaches) > 0 {
					reason := fmt.Sprintf("%s: %s", then, seen.Breaches[0])
					if more := len(seen.Breaches) - 1; more > 0 {
						reason += fmt.Sprintf(" (and %d more)", more)
					}
					o = j.worse(o, seen, reason, property.Definite())
				} else if o.Held {
					o.Last = seen
				}
			}
		}
		if o.Observations > 0 {
			outcomes = append(outcomes, o)
		}
	}
	return outcomes
}
