package choose

import (
	"strings"
	"testing"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/symptoms"
)

func TestNoFilterMeansEverything(t *testing.T) {
	chosen, err := Scenarios(symptoms.All(), Filter{})
	if err != nil || len(chosen) != len(symptoms.All()) {
		t.Errorf("%d scenarios, %v", len(chosen), err)
	}
}

func TestFiltersNarrow(t *testing.T) {
	chosen, err := Scenarios(symptoms.All(), Filter{Severity: "p1", Section: "database connection issues"})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range chosen {
		if s.Severity != scenarios.P1 || s.Section != "Database Connection Issues" {
			t.Errorf("%s is of %s, %s", s.ID, s.Severity, s.Section)
		}
	}
}

func TestWhatMatchesNothingIsAUsageError(t *testing.T) {
	for want, f := range map[string]Filter{
		`did you mean "venue-down"`:     {Names: []string{"venue-dwon"}},
		"known: ":                       {Names: []string{"nothing-like-it-at-all"}},
		`no such severity "P9"`:         {Severity: "P9"},
		`no such section "Unheard of"`:  {Section: "Unheard of"},
		"no scenario matches all":       {Names: []string{"rls-leak"}, Section: "High Latency"},
		`did you mean "High Latency"`:   {Section: "high latancy"},
		`no such scenario "rls leak"; `: {Names: []string{"venue-down", "rls leak"}},
	} {
		_, err := Scenarios(symptoms.All(), f)
		if err == nil || !strings.Contains(err.Error(), want) || exit.Code(err) != judge.ExitUsage {
			t.Errorf("%+v: %v, want …%s… and exit 2", f, err, want)
		}
	}
}
