package runbook_test

import (
	"slices"
	"testing"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// TestCounterExamplesAreOfExpectationsThatExist: an expectation in other words is
// another one, of which nobody knows yet that it can fail. By hand: reword one in
// scenarios/symptoms that proves a claim.
func TestCounterExamplesAreOfExpectationsThatExist(t *testing.T) {
	all, isolation := symptoms.All(), judge.InvariantIsolation.ID()
	for claim, list := range runbook.CounterExamples() {
		for _, c := range list {
			exists := slices.ContainsFunc(all, func(s scenarios.Scenario) bool {
				return s.ID == c.Scenario && (c.Expectation == isolation || slices.Contains(s.IDs(c.Phase, c.Stage), c.Expectation))
			})
			if !exists {
				t.Errorf("%s: %s: there is no expectation %q any more: make defects RUNPROOF_UPDATE=yes", claim, c, c.Expectation)
			}
		}
	}
}
