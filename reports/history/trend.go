package history

import (
	"maps"
	"slices"
	"time"

	"github.com/runproof/runproof/reports/compare"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// The bands of two runs at different times, as in compare. A single run of a build
// may have met a busy host, so that each side of a step needs two runs or more.
func timeBand(was time.Duration) time.Duration { return max(4*time.Second, was/2) }

func latencyBand(was time.Duration) time.Duration { return max(100*time.Millisecond, was) }

const enoughRuns = 2

// latencies are the trends of the median of each route before any fault.
func latencies(results []ledger.RunResult, runs []Run) []Trend {
	byRoute := map[string][][]time.Duration{}
	for i, r := range results {
		for _, res := range r.Results {
			for _, one := range r.Played(res.Scenario) {
				for _, l := range one.Latencies {
					if l.Side != judge.SideBefore {
						continue
					}
					if byRoute[l.Route] == nil {
						byRoute[l.Route] = make([][]time.Duration, len(results))
					}
					byRoute[l.Route][i] = append(byRoute[l.Route][i], l.Took...)
				}
			}
		}
	}
	list := []Trend{}
	for _, route := range slices.Sorted(maps.Keys(byRoute)) {
		t := Trend{Name: route, Points: make([]*time.Duration, len(results))}
		for i, took := range byRoute[route] {
			if len(took) > 0 {
				m := compare.Median(took)
				t.Points[i] = &m
			}
		}
		t.find(runs, latencyBand)
		list = append(list, t)
	}
	return list
}

// find finds the step: of all places at which the build changes, the one that parts
// the runs best, if the medians of both sides differ by more than a band and at
// least three quarters of either side are on its side of the middle.
func (t *Trend) find(runs []Run, band func(was time.Duration) time.Duration) {
	var widest time.Duration
	for i := 1; i < len(runs); i++ {
		if runs[i].Target == runs[i-1].Target {
			continue
		}
		before, after := known(t.Points[:i]), known(t.Points[i:])
		if len(before) < enoughRuns || len(after) < enoughRuns {
			continue
		}
		was, is := compare.Median(before), compare.Median(after)
		difference := (is - was).Abs()
		if difference <= band(was) || difference <= widest || !parted(before, after, was, is) {
			continue
		}
		widest = difference
		t.Step = &Step{Movement: compare.Slower, Run: runs[i].ID, Target: runs[i].Target, Was: was, Is: is, Band: band(was)}
		if is < was {
			t.Step.Movement = compare.Faster
		}
	}
}

func known(points []*time.Duration) (list []time.Duration) {
	for _, p := range points {
		if p != nil {
			list = append(list, *p)
		}
	}
	return list
}

func parted(before, after []time.Duration, was, is time.Duration) bool {
	middle, slower := was+(is-was)/2, is > was
	right := func(list []time.Duration, above bool) bool {
		n := 0
		for _, d := range list {
			if (d > middle) == above {
				n++
			}
		}
		return 4*n >= 3*len(list)
	}
	return right(before, !slower) && right(after, slower)
}
