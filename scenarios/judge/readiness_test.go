package judge

import (
	"fmt"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
)

// TestAReadinessIsTheAnswersOwn: what was dated long before it was asked for was
// kept. By hand: with kept empty, two are red.
func TestAReadinessIsTheAnswersOwn(t *testing.T) {
	asked := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	const ready, form = `{"status":"UP","timestamp":%q,"checks":{"database":"UP"}}`, "2006-01-02T15:04:05.000Z"
	for name, c := range map[string]struct {
		body string
		off  time.Duration
		kept bool
	}{
		"of the moment":                   {ready, time.Second / 2, false},
		"of a check under way":            {ready, -time.Second, false},
		"kept for a while":                {ready, -6 * time.Second, true},
		"while the answer was on its way": {ready, 9 * time.Second, false}, // a process that stood still
		"of the future":                   {ready, 16 * time.Second, true},
		"no readiness":                    {`{"status":"draft","timestamp":%q}`, -time.Hour, false},
	} {
		o := scenarios.Observation{At: asked, Took: 10 * time.Second, Status: 200, Body: fmt.Sprintf(c.body, asked.Add(c.off).Format(form))}
		if wrong := kept(response{Observation: o}); (wrong != "") != c.kept {
			t.Errorf("%s: %q", name, wrong)
		}
	}
	if wrong := kept(response{Observation: scenarios.Observation{At: asked, Status: 200, Body: `{"status":"UP","timestamp":"today","checks":{"database":"UP"}}`}}); wrong != "" {
		t.Errorf("another form: %q", wrong)
	}
}
