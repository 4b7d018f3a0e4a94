package render_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/render"
)

func TestFormats(t *testing.T) {
	list := lint.Run(lint.Input{Document: document.Parse([]byte("# A\n[x](#b)\n[x](#b) ${UNKNOWN}\n"))}, lint.Rules())
	text := string(render.Text("a.md", list))
	for _, want := range []string{"a.md:", ": error: ", "[link]", "also in:  line 3", "why: ", "proposal: "} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %s", want, text)
		}
	}
	raw, err := render.SARIF([]lint.Linted{{Name: "docs/a b.md", Findings: list}}, lint.Rules())
	if err != nil {
		t.Fatal(err)
	}
	var log struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine, StartColumn int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(raw, &log); err != nil {
		t.Fatal(err)
	}
	results := log.Runs[0].Results
	if log.Version != "2.1.0" || len(results) != len(list) || len(list) == 0 {
		t.Fatalf("%s", raw)
	}
	for i, r := range results {
		place := r.Locations[0].PhysicalLocation
		if log.Runs[0].Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID || place.ArtifactLocation.URI != "docs/a%20b.md" || place.Region.StartLine != list[i].Line {
			t.Errorf("%+v", r)
		}
	}
	empty, err := render.SARIF([]lint.Linted{{Name: "a.md"}}, lint.Rules())
	if err != nil || !strings.Contains(string(empty), `"results": []`) {
		t.Errorf("%s, %v", empty, err)
	}
}
