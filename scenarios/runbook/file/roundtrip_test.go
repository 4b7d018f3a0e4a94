package file_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/file"
	"github.com/runproof/runproof/scenarios/runbook/lock"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// alike compares what scenarios say. In which order an expectation's words were said,
// and whether a nil list is an empty one, is not said.
var alike = cmp.Options{
	cmp.Transformer("spec", func(e scenarios.Expectation) scenarios.ExpectationSpec { return e.Spec() }),
	cmpopts.IgnoreUnexported(scenarios.ExpectationSpec{}, scenarios.Scenario{}),
	cmpopts.EquateEmpty(),
}

// TestAllOfOursAreReadBackAsTheyAre: by hand, leave a word out of checkWords.
func TestAllOfOursAreReadBackAsTheyAre(t *testing.T) {
	ours := runbook.Embedded()
	list, err := file.WriteScenarios(ours.Scenarios, file.Notes{})
	if err != nil {
		t.Fatal(err)
	}
	claims, err := file.WriteClaims(ours.Content, file.Notes{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := file.Read([]file.Source{{Name: "claims.yaml", Text: claims}}, []file.Source{{Name: "scenarios.yaml", Text: list}})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Scenarios) != len(symptoms.All()) || len(got.Scenarios) < 80 || len(got.Claims) < 100 {
		t.Errorf("%d scenarios and %d claims were read", len(got.Scenarios), len(got.Claims))
	}
	if diff := cmp.Diff(ours.Content, got, alike); diff != "" {
		t.Errorf("- ours, + read back:\n%s", diff)
	}
	back := runbook.Set{Content: got}
	was, is := lock.New(ledger.RunResult{}, ours.Bind(runbook.Edition()), ours.Scenarios), lock.New(ledger.RunResult{}, back.Bind(runbook.Edition()), back.Scenarios)
	if diff := cmp.Diff(was, is); diff != "" {
		t.Errorf("their lock is another:\n%s", diff)
	}
	for i, s := range ours.Scenarios {
		for _, phase := range []scenarios.Phase{scenarios.PhaseSteady, scenarios.PhaseAlways, scenarios.PhaseDuring, scenarios.PhaseAfter, scenarios.PhaseAudit} {
			for stage := range max(1, len(s.Stages())) {
				if diff := cmp.Diff(s.IDs(phase, stage), got.Scenarios[i].IDs(phase, stage)); diff != "" {
					t.Errorf("%s: %s", s.ID, diff)
				}
			}
		}
	}
}
