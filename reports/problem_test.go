package reports_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios/ledger"
)

// onDemand renders a report that a bundle does not have.
func onDemand(t *testing.T, flag string, r ledger.RunResult) string {
	t.Helper()
	for _, f := range reports.OnDemand() {
		if f.Flag == flag {
			text, err := f.Render(reports.Run{Result: r})
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
	}
	t.Fatalf("no report %q", flag)
	return ""
}

// stated is a run whose third statement is FALSE.
func stated(reason string) ledger.RunResult {
	r := run(failed(reason))
	r.Provenance.Runbook.Name = "docs/run:book,1.md"
	r.Ledger[1].Statement = &ledger.Statement{ID: "s", Line: 96, Column: 3}
	return r
}

// TestAnAnnotationIsOneCommand: whatever a service has said, a workflow obeys only
// what was meant. By hand: leave message out, or property.
func TestAnAnnotationIsOneCommand(t *testing.T) {
	text := onDemand(t, "annotations", stated("a\n::error::b\r::stop-commands::x 100%0A"))
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines, want one for the scenario and one for the statement:\n%s", len(lines), text)
	}
	if want := "::error title=database-slow%3A scenario-failed::during"; !strings.HasPrefix(lines[0], want) {
		t.Errorf("%s\nwant %s", lines[0], want)
	}
	if want := "::error file=docs/run%3Abook%2C1.md,line=96,title=latency.symptom.504%3A statement-false::"; !strings.HasPrefix(lines[1], want) {
		t.Errorf("%s\nwant %s", lines[1], want)
	}
	if !strings.Contains(lines[0], "100%250A") {
		t.Errorf("an escape of the service's came through: %s", lines[0])
	}
	if text := onDemand(t, "annotations", run(passed())); strings.Contains(text, "::error") {
		t.Errorf("a run that passed: %s", text)
	}
}

func TestSARIFShowsEachProblemAtItsLine(t *testing.T) {
	var log struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleID    string
				Level     string
				Message   struct{ Text string }
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(onDemand(t, "sarif", stated(hostile))), &log); err != nil {
		t.Fatal(err)
	}
	if log.Version != "2.1.0" || len(log.Runs) != 1 || len(log.Runs[0].Results) != 2 {
		t.Fatalf("%+v", log)
	}
	at := log.Runs[0].Results[1]
	if at.RuleID != "statement-false" || at.Level != "error" || at.Locations[0].PhysicalLocation.Region.StartLine != 96 ||
		at.Locations[0].PhysicalLocation.ArtifactLocation.URI != "docs/run:book,1.md" {
		t.Errorf("%+v", at)
	}
	for _, r := range log.Runs[0].Results {
		known := false
		for _, rule := range log.Runs[0].Tool.Driver.Rules {
			known = known || rule.ID == r.RuleID
		}
		if !known || strings.ContainsAny(r.Message.Text, "\x1b\x00") {
			t.Errorf("%+v", r)
		}
	}
}
