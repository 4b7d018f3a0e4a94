package scenarios_test

import (
	"testing"

	"github.com/runproof/runproof/scenarios"
)

func TestAFindingMakesAHazardOfAllButWhatIsWrongAnyway(t *testing.T) {
	row := func(id string, v scenarios.ClaimVerdict) scenarios.LedgerRow {
		return scenarios.LedgerRow{Statement: &scenarios.Statement{ID: id}, Verdict: v, Reason: "as judged"}
	}
	rows := []scenarios.LedgerRow{
		row("true", scenarios.True), row("untested", scenarios.Untested), row("false", scenarios.False), row("stale", scenarios.Stale),
		row("clean", scenarios.True), {Verdict: scenarios.Untested, Reason: "gone"},
	}
	var findings []scenarios.Finding
	for _, id := range []string{"true", "true", "untested", "false", "stale", ""} {
		findings = append(findings, scenarios.Finding{Rule: "harm", Statement: id, Saw: "a key was left"})
	}
	want := []scenarios.ClaimVerdict{scenarios.Hazard, scenarios.Hazard, scenarios.False, scenarios.Stale, scenarios.True, scenarios.Untested}
	got := scenarios.WithFindings(rows, findings)
	for i, v := range want {
		if got[i].Verdict != v {
			t.Errorf("row %d is %s, not %s", i, got[i].Verdict, v)
		}
	}
	if got[0].Reason != "harm: a key was left (and one more finding)" || got[1].Reason != "harm: a key was left" || got[2].Reason != "as judged" {
		t.Errorf("reasons: %q, %q, %q", got[0].Reason, got[1].Reason, got[2].Reason)
	}
	findings[4].Wrong = true // the one about the stale row
	if row := scenarios.WithFindings(rows, findings)[3]; row.Verdict != scenarios.False || row.Reason != "harm: a key was left" {
		t.Errorf("a changed text that was found wrong is %s: %s", row.Verdict, row.Reason)
	}
	if rows[0].Verdict != scenarios.True {
		t.Error("the rows that were handed in changed")
	}
}
