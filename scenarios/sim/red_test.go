package sim_test

import (
	"testing"

	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/sim"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// TestEveryScenarioCanBeTurnedRed wants for each scenario a broken service
// that it was seen to fail: a defect on record, or a spoiled world of the model
// (TestEverySpoilIsCaught wants one for each claim of those that are modelled).
// One that passes whatever it is shown proves nothing.
func TestEveryScenarioCanBeTurnedRed(t *testing.T) {
	red := runbook.RedScenarios()
	for _, s := range symptoms.All() {
		if modelled, why := sim.Models(s); !modelled && red[s.ID] == "" {
			t.Errorf("%s: no defect on record turns it red (make defects RUNPROOF_UPDATE=yes), and %s", s.ID, why)
		}
	}
}
