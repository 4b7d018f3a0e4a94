package contract

import (
	"strings"
	"testing"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/suites/contract"
)

func TestUnderstandRejectsNonsense(t *testing.T) {
	for want, o := range map[string]Options{
		"--stack":            {Stack: "x"},
		"--focus":            {Stack: "auto", Focus: "("},
		"no promise matches": {Stack: "auto", Focus: "^there is none$"},
	} {
		if _, err := o.understand(); err == nil || !strings.Contains(err.Error(), want) || exit.Code(err) != judge.ExitUsage {
			t.Errorf("%s: %v", want, err)
		}
	}
	p, err := Options{Stack: "auto", Focus: "^paging: "}.understand()
	if err != nil || len(p.chosen) < 3 || len(p.chosen) == len(contract.Names()) {
		t.Errorf("%q, %v", p.chosen, err)
	}
}

// TestJUnitCallsOursAnError keeps a failure, in the CI server's words, the service's.
func TestJUnitCallsOursAnError(t *testing.T) {
	spec := types.SpecReport{LeafNodeType: types.NodeTypeIt, State: types.SpecStateFailed, Failure: types.Failure{Message: "a 500", FailureNodeType: types.NodeTypeIt}}
	ours := spec
	ours.Failure.FailureNodeType = types.NodeTypeCleanupAfterEach
	got := attributed(types.Report{SpecReports: types.SpecReports{spec, ours}}).SpecReports
	if got[0].State != types.SpecStateFailed || got[1].State != types.SpecStateAborted {
		t.Errorf("%s, %s", got[0].State, got[1].State)
	}
}
