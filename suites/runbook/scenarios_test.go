package runbook_test

import (
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/symptoms"
)

const (
	// forTheLane is what a playing gets beyond its scenario's bound.
	forTheLane = 2 * time.Minute
	// attempts is how often one is played at most: twice where the host stalled.
	attempts = 2
)

var _ = Describe("Runbook", func() {
	for _, s := range symptoms.All() {
		It(s.ID+": "+s.Title, labels(s), longestFirst(s), SpecTimeout(attempts*(play.Bound(s)+forTheLane)), func(ctx SpecContext) {
			var recording *keeper // of the last playing
			result := play.Run(ctx, []scenarios.Scenario{s}, shared.Testbed, play.Options{
				Mode: scenarios.Verify,
				Sink: func(scenarios.Scenario, record.Playing) (record.Keeper, func() error, error) {
					recording = &keeper{}
					return recording, func() error { return nil }, nil
				},
			})[0]
			for _, t := range result.WitnessReports {
				GinkgoWriter.Printf("witness (%s): %+q\n", t.Phase, t.Report.String()) // a terminal may be behind it
			}
			AddReportEntry("result", result, ReportEntryVisibilityNever)
			if result.Discarded != nil {
				AddReportEntry("second attempt, the host was overloaded during the first", result.Discarded.String(), ReportEntryVisibilityAlways)
			}
			switch result.Verdict {
			case judge.Passed:
			case judge.Unsupported:
				Skip(result.Reason)
			default:
				AddReportEntry("events", recording.Events(), ReportEntryVisibilityNever)
				Fail(reports.Failure(result, ledger.RunResult{Provenance: record.Provenance{Stack: shared.Testbed.Stack()}}))
			}
		})
	}
})

// keeper keeps events in memory.
type keeper struct{ record.Recording }

// Keep implements record.Keeper.
func (k *keeper) Keep(e record.Event) record.Event {
	k.Record(e)
	return e
}

// longestFirst has the longest begin first: begun last, each would be waited for
// alone.
func longestFirst(s scenarios.Scenario) SpecPriority {
	return SpecPriority(symptoms.Takes(s) / time.Second)
}

// labels are section, severity and the kind of each fault.
func labels(s scenarios.Scenario) Labels {
	list := Labels{"section:" + s.Section, "severity:" + string(s.Severity)}
	for _, stage := range s.Stages() {
		label := "fault:" + string(stage.Fault.Kind)
		if !strings.Contains(strings.Join(list, ","), label) {
			list = append(list, label)
		}
	}
	return list
}
