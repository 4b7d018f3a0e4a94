package reports

import (
	"slices"
	"time"

	"github.com/runproof/runproof/reports/timeline"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// Run is what reports are made of: a run's result, and what was recorded while its
// scenarios were played.
type Run struct {
	Result ledger.RunResult
	// Timelines are those of the playings that were recorded, in any order.
	Timelines []timeline.Timeline
}

// timeline finds what was recorded of a result; nil: nothing is at hand.
func (r Run) timeline(res judge.Result) *timeline.Timeline {
	i := slices.IndexFunc(r.Timelines, func(t timeline.Timeline) bool {
		return t.Playing.Scenario == res.Scenario && t.Began.Equal(res.Began)
	})
	if i < 0 {
		return nil
	}
	return &r.Timelines[i]
}

// Decisive is the time around which the service's log says most of a result: when the
// outcome that decided was seen, or else when the fault was injected.
func Decisive(res judge.Result, t timeline.Timeline) time.Time {
	for _, o := range res.Outcomes {
		if res.DecidedBy != nil && o.Key(res.Scenario) == *res.DecidedBy && !o.Last.At.IsZero() {
			return o.Last.At
		}
	}
	injected, _ := t.Injected()
	return t.Began.Add(injected)
}
