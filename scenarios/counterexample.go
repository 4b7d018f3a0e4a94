package scenarios

import "slices"

// OutcomeKey is which expectation of which scenario something is the outcome of.
type OutcomeKey struct {
	Scenario    string `json:"scenario"`
	Phase       Phase  `json:"phase"`
	Stage       int    `json:"stage,omitempty"`
	Expectation string `json:"expectation"`
}

// Key is the outcome's. What must hold after a remedy is what must hold after the
// recovery, asked once more.
func (o Outcome) Key(scenario string) OutcomeKey {
	phase := o.Phase
	if phase == PhaseRemedied {
		phase = PhaseAfter
	}
	return OutcomeKey{scenario, phase, o.Stage, o.Expectation}
}

// CounterExample is a broken world in which a claim was found FALSE, and the
// expectation that found it.
type CounterExample struct {
	// World is a defect of the reference service ("defect:role-not-read") or a
	// spoiled model ("sim:ready-lies").
	World string `json:"world"`
	OutcomeKey
}

// String names the world, and the scenario that was played in it.
func (c CounterExample) String() string { return c.World + " in " + c.Scenario }

// CounterExamples are those on record, by claim.
type CounterExamples map[string][]CounterExample

// First names one of a claim's; empty: there is none.
func (all CounterExamples) First(claim string) string {
	if len(all[claim]) == 0 {
		return ""
	}
	return all[claim][0].String()
}

// of finds a world in which one of the very expectations that held in a playing
// found the claim FALSE. That another expectation of the claim can fail says
// nothing of those.
func (all CounterExamples) of(claim string, r Result) string {
	for _, o := range r.Outcomes {
		if !o.Held || o.Basis != Documented || !slices.Contains(o.Claims, claim) {
			continue
		}
		for _, c := range all[claim] {
			if c.OutcomeKey == o.Key(r.Scenario) {
				return c.String()
			}
		}
	}
	return ""
}
