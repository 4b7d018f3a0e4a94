package judge

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios"
)

// properties judges the checks of each property.
func (j *judge) properties() []outcome {
	var outcomes []outcome
	for _, property := range j.s.Properties() {
		o := outcome{Outcome: Outcome{
			Phase: scenarios.PhaseProperty, ID: "property(" + string(property) + ")", Expectation: "property: " + string(property), Basis: scenarios.Implied, Held: true,
		}, selfEvident: true}
		for when, then := range []string{"before the first fault", "after the last recovery", "under the fault"} {
			looks := j.observations[key{scenarios.PhaseProperty, when, string(property)}]
			if i := slices.IndexFunc(looks, func(o scenarios.Observation) bool { return o.Hopeless != "" }); i >= 0 {
				// Who asks a service that has ended gets no answer, and nothing would follow.
				o.Observations++
				o = j.worse(o, looks[i], then+": "+looks[i].Hopeless, true)
			}
			for _, seen := range seeing(looks) {
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

// unchecked says which properties nobody could check at all, or not each time where the
// scenario asks for them, and why the first could not; empty: each was. What is not said
// to be undecided would be taken for kept.
func (j *judge) unchecked() string {
	var names []string
	why := ""
	for _, property := range j.s.Properties() {
		looks, last := 0, ""
		for when := range 3 {
			for _, look := range j.observations[key{scenarios.PhaseProperty, when, string(property)}] {
				if look.ObserverError() {
					last = look.Err
				} else {
					looks++
				}
			}
		}
		if last != "" && (looks == 0 || slices.Contains(j.s.Also, property)) {
			names, why = append(names, string(property)), cmp.Or(why, last)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("not checked: %s: %s", strings.Join(names, ", "), why)
}
