package judge

import (
	"github.com/runproof/runproof/scenarios"
)

// OutcomeKey is which expectation, by its id, of which scenario something is the
// outcome of.
type OutcomeKey struct {
	Scenario    string          `json:"scenario"`
	Phase       scenarios.Phase `json:"phase"`
	Stage       int             `json:"stage,omitempty"`
	Expectation string          `json:"expectation"`
}

// Key is the outcome's. What must hold after a remedy is what must hold after the
// recovery, asked once more.
func (o Outcome) Key(scenario string) OutcomeKey {
	phase := o.Phase
	if phase == scenarios.PhaseRemedied {
		phase = scenarios.PhaseAfter
	}
	return OutcomeKey{scenario, phase, o.Stage, o.ID}
}
