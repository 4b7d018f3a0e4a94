package progress

import (
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios"
)

// work is what there is still to do, and what is known of how long it takes. A scenario
// takes the waits that it cannot do without, which are known, and what starting,
// looking and clearing up take besides, which is learnt from those that are over.
type work struct {
	jobs    int
	batch   []scenarios.Scenario // all of one round
	waiting []scenarios.Scenario // of this round, not begun
	later   int                  // rounds after this one
	retries int                  // scenarios that are played once more, alone
	total   int                  // playings altogether
	over    int
	beside  time.Duration // the sum of what they took beside their waits
}

// besideAtFirst is what a scenario takes beside its waits, until one has shown it: the
// median on two cores with sixteen at a time.
const besideAtFirst = 6 * time.Second

func (w *work) plan(list []scenarios.Scenario, jobs, later int) {
	w.batch, w.waiting = list, slices.Clone(list)
	w.jobs, w.later = max(jobs, 1), later
	w.total = w.over + len(list)*(1+later)
}

func (w *work) begin(s scenarios.Scenario) {
	i := slices.IndexFunc(w.waiting, func(o scenarios.Scenario) bool { return o.ID == s.ID })
	if i >= 0 {
		w.waiting = slices.Delete(w.waiting, i, i+1)
		return
	}
	w.total++ // a retry, or a remedy that is tried
	w.retries = max(w.retries-1, 0)
}

func (w *work) end(s scenarios.Scenario, took time.Duration) {
	w.over++
	w.beside += max(took-s.MinimumDuration(), 0)
}

// needs is how long a scenario is expected to take.
func (w *work) needs(s scenarios.Scenario) time.Duration {
	beside := besideAtFirst
	if w.over > 0 {
		beside = w.beside / time.Duration(w.over)
	}
	return s.MinimumDuration() + beside
}

// left is how long the rest takes: the scenarios that wait go, in their order, to
// whoever of the jobs is free first.
func (w *work) left(running []*playing, now time.Time) time.Duration {
	busy := make([]time.Duration, max(w.jobs, len(running)))
	for i, p := range running {
		// What takes longer than expected is nearly over, for all that is known.
		busy[i] = max(w.needs(p.scenario)-now.Sub(p.began), time.Second)
	}
	left := w.spread(busy, w.waiting)
	for range w.later {
		left += w.spread(make([]time.Duration, w.jobs), w.batch)
	}
	for range w.retries {
		left += w.beside / time.Duration(max(w.over, 1))
	}
	return left
}

// spread gives each scenario to the job that is free first, and returns when the last
// is over.
func (w *work) spread(busy []time.Duration, list []scenarios.Scenario) time.Duration {
	for _, s := range list {
		first := slices.Index(busy, slices.Min(busy))
		busy[first] += w.needs(s)
	}
	return slices.Max(busy)
}
