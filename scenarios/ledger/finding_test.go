package ledger_test

import (
	"testing"

	"github.com/runproof/runproof/scenarios/ledger"
)

func TestAFindingMakesAHazardOfAllButWhatIsWrongAnyway(t *testing.T) {
	row := func(id string, v ledger.ClaimVerdict) ledger.Row {
		return ledger.Row{Statement: &ledger.Statement{ID: id}, Verdict: v, Reason: "as judged"}
	}
	rows := []ledger.Row{
		row("true", ledger.True), row("untested", ledger.Untested), row("false", ledger.False), row("stale", ledger.Stale),
		row("clean", ledger.True), {Verdict: ledger.Untested, Reason: "gone"},
	}
	var findings []ledger.Finding
	for _, id := range []string{"true", "true", "untested", "false", "stale", ""} {
		findings = append(findings, ledger.Finding{Rule: "harm", Statement: id, Saw: "a key was left"})
	}
	want := []ledger.ClaimVerdict{ledger.Hazard, ledger.Hazard, ledger.False, ledger.Stale, ledger.True, ledger.Untested}
	got := ledger.WithFindings(rows, findings)
	for i, v := range want {
		if got[i].Verdict != v {
			t.Errorf("row %d is %s, not %s", i, got[i].Verdict, v)
		}
	}
	if got[0].Reason != "harm: a key was left (and one more finding)" || got[1].Reason != "harm: a key was left" || got[2].Reason != "as judged" {
		t.Errorf("reasons: %q, %q, %q", got[0].Reason, got[1].Reason, got[2].Reason)
	}
	findings[4].Wrong = true // the one about the stale row
	if row := ledger.WithFindings(rows, findings)[3]; row.Verdict != ledger.False || row.Reason != "harm: a key was left" {
		t.Errorf("a changed text that was found wrong is %s: %s", row.Verdict, row.Reason)
	}
	if rows[0].Verdict != ledger.True {
		t.Error("the rows that were handed in changed")
	}
}
