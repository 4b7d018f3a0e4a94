package bundle

import (
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/reports/timeline"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

// Run is what the reports of a result are made of that was judged from this bundle. It
// reads each recording once.
func (r *Reader) Run(result ledger.RunResult) (reports.Run, error) {
	all := make([]timeline.Timeline, len(r.playings))
	var reading errgroup.Group
	reading.SetLimit(runtime.GOMAXPROCS(0))
	for i, p := range r.playings {
		if p.Arm > 0 {
			continue // no result is of an arm
		}
		reading.Go(func() (err error) {
			all[i], err = r.timeline(p, result.Results)
			return err
		})
	}
	if err := reading.Wait(); err != nil {
		return reports.Run{}, fmt.Errorf("bundle %s: %w", r.path, err)
	}
	all = slices.DeleteFunc(all, func(t timeline.Timeline) bool { return t.Began.IsZero() })
	return reports.Run{Result: result, Timelines: all}, nil
}

// timeline is what was recorded of a playing that a result is of; of any other it is
// without a beginning.
func (r *Reader) timeline(p record.Playing, results []judge.Result) (timeline.Timeline, error) {
	var b timeline.Builder
	for e, err := range r.Events(p) {
		if err != nil {
			return timeline.Timeline{}, err
		}
		b.Add(e)
	}
	t := b.Timeline(p)
	i := slices.IndexFunc(results, func(res judge.Result) bool { return res.Scenario == p.Scenario && res.Began.Equal(t.Began) })
	if i < 0 {
		return timeline.Timeline{}, nil
	}
	log, err := r.Log(p)
	if err != nil {
		return t, err
	}
	defer log.Close() //nolint:errcheck // it was only read
	t.Log, err = timeline.ReadExcerpt(log, reports.Decisive(results[i], t))
	return t, err
}
