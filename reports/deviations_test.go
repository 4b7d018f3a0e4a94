package reports_test

import (
	"strings"
	"testing"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// By hand: leave writeDeviations out of the parts, or the section out of the page.
func TestWhatAServiceHasOtherwiseIsInBothReports(t *testing.T) {
	const text = "GET /health/ready is at /internal/status/full <b>by its profile</b>"
	one, two := passed(), passed()
	one.Deviations, two.Scenario, two.Deviations = []string{text}, "another", []string{text, "no metrics"}
	r := ledger.RunResult{ID: "r", Results: []judge.Result{one, two}}
	if list := reports.HealthyDeviations(r); len(list) != 2 {
		t.Fatalf("%q, want each once", list)
	}
	page, err := reports.HTML(reports.Run{Result: r})
	if err != nil {
		t.Fatal(err)
	}
	for name, report := range map[string]string{"report.html": string(page), "summary.md": string(reports.Markdown(r))} {
		if !strings.Contains(report, reports.DeviationsHeading) || !strings.Contains(report, "no metrics") || strings.Contains(report, "<b>by its") {
			t.Errorf("%s: the deviations are not in it, or as markup", name)
		}
	}
	without := ledger.RunResult{ID: "r", Results: []judge.Result{passed()}}
	if strings.Contains(string(reports.Markdown(without)), reports.DeviationsHeading) {
		t.Error("a heading of nothing")
	}
}
