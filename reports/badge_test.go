package reports_test

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios/ledger"
)

// TestBadge: a run that did not pass never looks as if it had. By hand: make the badge of
// every run green.
func TestBadge(t *testing.T) {
	red := run(failed("x"))
	for name, c := range map[string]struct {
		r    ledger.RunResult
		want []string
	}{
		"passed":    {run(passed()), []string{">1 of 3 claims proven, 2026-03-01<", "#1a7f37"}},
		"failed":    {red, []string{">failed: 0 of 3 claims proven, 2026-03-01<", "#cf222e"}},
		"undecided": {ledger.RunResult{}, []string{">undecided: 0 of 0 claims proven<", "#6e7781"}},
	} {
		got, err := reports.Badge(c.r)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range c.want {
			if !strings.Contains(string(got), want) {
				t.Errorf("%s: no %s in\n%s", name, want, got)
			}
		}
		if err := xml.Unmarshal(got, new(struct{ XMLName xml.Name })); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
