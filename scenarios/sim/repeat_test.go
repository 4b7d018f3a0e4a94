package sim_test

import (
	"testing"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/sim"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// TestAFaultIsRepeated: each time with its witness, for as long as the service
// recovers; one that does not is judged by what must hold afterwards.
func TestAFaultIsRepeated(t *testing.T) {
	s := symptoms.DatabaseRefusedOften()
	for world, want := range map[sim.Mutation]struct {
		verdict judge.Verdict
		faults  string
		stages  int
	}{
		sim.Honest:          {judge.Passed, "postgres refuses connections (12 in a row)", s.Repeat},
		sim.NeverReconnects: {judge.Failed, "postgres refuses connections (1 in a row)", 1},
	} {
		r := playAll(t, world, scenarios.Verify, s)[s.ID]
		last := r.WitnessReports[len(r.WitnessReports)-1].Stage + 1
		if r.Verdict != want.verdict || len(r.Faults) != 1 || r.Faults[0] != want.faults || last != want.stages {
			t.Errorf("%s: %s: %s; %q, %d stages", world, r.Verdict, r.Reason, r.Faults, last)
		}
	}
}
