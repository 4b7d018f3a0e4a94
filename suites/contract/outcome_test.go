package contract

import (
	"strings"
	"testing"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/runproof/runproof/scenarios/judge"
)

// TestAFailureIsTheServicesOwnOrOurs is the rule as a table: what ended a spec,
// where, and what it reported give the verdict.
func TestAFailureIsTheServicesOwnOrOurs(t *testing.T) {
	const (
		it      = types.NodeTypeIt
		setUp   = types.NodeTypeSynchronizedBeforeSuite
		cleanUp = types.NodeTypeCleanupAfterEach
	)
	for _, c := range []struct {
		name     string
		of, at   types.NodeType
		state    types.SpecState
		reported string
		want     judge.Verdict
	}{
		{"kept", it, it, types.SpecStatePassed, "", judge.Passed},
		{"broken", it, it, types.SpecStateFailed, "", judge.Failed},
		{"too late", it, it, types.SpecStateTimedout, "", judge.Failed},
		{"broken on a stack that does not work", it, it, types.SpecStateFailed, harnessEntry, judge.Broken},
		{"a panic", it, it, types.SpecStatePanicked, "", judge.Broken},
		{"interrupted", it, it, types.SpecStateInterrupted, "", judge.Broken},
		{"aborted", it, it, types.SpecStateAborted, "", judge.Broken},
		{"not taken down", it, cleanUp, types.SpecStateFailed, "", judge.Broken},
		{"not played", it, it, types.SpecStateSkipped, "", judge.Unknown},
		{"no stack", setUp, setUp, types.SpecStateFailed, "", judge.Broken},
		{"a service that does not start", setUp, setUp, types.SpecStateFailed, serviceEntry, judge.Failed},
		{"a service that does not start, on a stack that does not work", setUp, setUp, types.SpecStateFailed, harnessEntry, judge.Broken},
	} {
		spec := types.SpecReport{LeafNodeType: c.of, State: c.state, Failure: types.Failure{Message: "seen", FailureNodeType: c.at}}
		if c.reported != "" {
			spec.ReportEntries = types.ReportEntries{{Name: c.reported, Value: types.WrapEntryValue("why")}}
		}
		o := OutcomeOf(spec)
		if o.Verdict != c.want {
			t.Errorf("%s: %s, want %s", c.name, o.Verdict, c.want)
		}
		if listed := len(Outcomes(types.Report{SpecReports: types.SpecReports{spec}})) == 1; !listed {
			t.Errorf("%s is not listed", c.name)
		}
		if want := "seen"; c.want == judge.Failed && !strings.Contains(o.Reason, want) || c.reported == harnessEntry && o.Reason != "why" {
			t.Errorf("%s: reason %q", c.name, o.Reason)
		}
	}
	if fine := Outcomes(types.Report{SpecReports: types.SpecReports{{LeafNodeType: setUp, State: types.SpecStatePassed}}}); len(fine) > 0 {
		t.Errorf("a set-up that went well is listed: %v", fine)
	}
}
