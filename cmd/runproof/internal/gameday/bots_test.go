package gameday

import (
	"testing"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/gameday"
)

func TestBotsPlayWhatWasAskedFor(t *testing.T) {
	s := scenarios.Scenario{ID: "database-locked", Severity: scenarios.P2, Fault: fault.LockTable()}
	for name, c := range map[string]struct {
		rules gameday.Rules
		fault fault.Fault
		want  bool
	}{
		"all":              {gameday.Rules{}, s.Fault, true},
		"this one":         {gameday.Rules{Scenarios: []string{s.ID}}, s.Fault, true},
		"another":          {gameday.Rules{Scenarios: []string{"redis-slow"}}, s.Fault, false},
		"its severity":     {gameday.Rules{Severities: []scenarios.Severity{scenarios.P2}}, s.Fault, true},
		"another severity": {gameday.Rules{Severities: []scenarios.Severity{scenarios.P1}}, s.Fault, false},
		"no fault":         {gameday.Rules{}, fault.Fault{}, false},
	} {
		s.Fault = c.fault
		if got := (Options{Rules: c.rules}).drawn(s); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
