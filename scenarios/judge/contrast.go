package judge

import (
	"slices"

	"github.com/runproof/runproof/scenarios"
)

// Contrast is what the checks of an expectation make of the other state of the world that
// its playing saw: of the healthy one, where it is seen under a fault, else of a broken one.
// A service that shows the same in both would break an expectation whose checks fail there.
type Contrast struct {
	// Phase is the one in which the other state was looked at.
	Phase scenarios.Phase `json:"phase"`
	// Holds says that one of the checks holds there as well, so that nothing shows that it
	// can fail.
	Holds bool `json:"holds"`
	// Seen is what was seen, in one line.
	Seen string `json:"seen"`
}

// contrast looks for the other state of an expectation; nil: it was not seen. A moment
// that an expectation counts from is no part of its checks, and is in no other state.
func (j *playing) contrast(k key, e scenarios.ExpectationSpec) *Contrast {
	if e.NotBefore > 0 || e.SinceMilestone != "" {
		return nil
	}
	var found *Contrast
	for _, other := range j.otherStates(k, e) {
		seen := wholeOf(j.observations[other])
		if len(seen) == 0 {
			continue
		}
		last := seen[len(seen)-1]
		c := &Contrast{Phase: other.phase, Holds: !e.FailsOn(last), Seen: last.String()}
		if !c.Holds {
			return c
		}
		if found == nil {
			found = c
		}
	}
	return found
}

// otherStates are the observations of the same request in the other state: before the
// fault, of what is seen under it, and under a fault, of what is seen before or after it.
func (j *playing) otherStates(k key, e scenarios.ExpectationSpec) []key {
	var list []key
	same := func(phase scenarios.Phase, stage int, among []scenarios.Expectation) {
		for i, id := range scenarios.IDs(among) {
			if sameRequest(e.Probe, among[i].Spec().Probe) {
				list = append(list, key{phase, stage, id})
			}
		}
	}
	switch k.phase {
	case scenarios.PhaseDuring:
		list = append(list, key{scenarios.PhaseBefore, k.stage, k.id})
		same(scenarios.PhaseSteady, 0, j.s.Steady)
	case scenarios.PhaseSteady, scenarios.PhaseAfter:
		for i, stage := range slices.Backward(j.s.Stages()) {
			same(scenarios.PhaseDuring, i, stage.During)
		}
	}
	return list
}

// sameRequest reports whether two probes ask for the same thing over HTTP. The name of
// what a body creates is no difference.
func sameRequest(a, b scenarios.Probe) bool {
	return a.Kind == scenarios.ProbeHTTP && a.Key() == b.Key() && a.Raw == b.Raw && a.Of == b.Of &&
		a.IfMatch == b.IfMatch && a.IdempotencyKey == b.IdempotencyKey && a.Timeout == b.Timeout
}

// wholeOf leaves out what came with an error: it may be ours.
func wholeOf(list []scenarios.Observation) []scenarios.Observation {
	return slices.DeleteFunc(slices.Clone(list), func(o scenarios.Observation) bool { return o.Class != scenarios.ClassNone || o.Err != "" })
}
