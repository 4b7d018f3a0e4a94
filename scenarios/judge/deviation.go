package judge

import (
	"fmt"
	"slices"

	"github.com/runproof/runproof/scenarios"
)

// deviates changes the outcome of an expectation to which a service that is well answers
// otherwise than the runbook has it: its claims are FALSE with what was seen.
func (j *judge) deviates(k key, e scenarios.ExpectationSpec, o outcome) outcome {
	switch {
	case k.phase == scenarios.PhaseSteady && j.deviations[k]:
		// A wrong answer of a service that is well shows how it is made.
		o.deviates = true
	case k.phase == scenarios.PhaseSteady && o.Held && o.Last.Deviation != "" && e.EffectiveBasis() == scenarios.Documented && len(e.Claims) > 0:
		o.Held, o.deviates, o.Reason, o.tried = false, true, o.Last.Deviation, windowOf(o.Last)
	case k.phase == scenarios.PhaseDuring && j.deviations[key{scenarios.PhaseBefore, k.stage, k.id}]:
		looks := j.observations[key{scenarios.PhaseBefore, k.stage, k.id}]
		o.Held, o.deviates, o.Last, o.definite = false, true, looks[len(looks)-1], false
		o.Reason, o.tried = "it reads the same without the fault", windowOf(o.Last)
	}
	return o
}

// deviationsIn lists in one line each what of the service is otherwise than the runbook
// has it while nothing is broken.
func (j *timeline) deviationsIn(outcomes []outcome) []string {
	var list []string
	for _, seen := range j.allObservations {
		if text := seen.observation.Deviation; text != "" && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	for _, o := range outcomes {
		if text := fmt.Sprintf("%s: %s; seen: %s", o.Expectation, o.Reason, o.Last); o.deviates && o.Reason != o.Last.Deviation && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return list
}
