package compare

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// Latency is a percentile of the load's requests of one route on one side of the
// faults, over all scenarios.
type Latency struct {
	Side    judge.Side `json:"side"`
	Route   string     `json:"route"`
	Percent int        `json:"percent"`
	// Scenarios is in how many both runs have requests, the counts are of those.
	Scenarios int           `json:"scenarios"`
	Requests  [2]int        `json:"requests"`
	Baseline  time.Duration `json:"baseline"`
	Candidate time.Duration `json:"candidate"`
	Band      time.Duration `json:"band"`
	BandFrom  string        `json:"band_from"`
	Movement  Movement      `json:"movement"`
}

// What is compared. Under a fault and while a service recovers, requests wait for
// timeouts or fail at once, each scenario in its own way: their times are shown, and
// what was promised of them is judged by the scenarios.
var (
	comparedSides = []judge.Side{judge.SideBefore, judge.SideDuring, judge.SideRecovering, judge.SideAfter}
	decidingSides = []judge.Side{judge.SideBefore, judge.SideAfter}
)

// bands of a percentile: absolute, and as a share of the baseline's. Of two runs at
// different times nobody knows what else the host did meanwhile.
var bands = []struct {
	percent           int
	absolute, apart   time.Duration
	share, shareApart float64
}{
	{50, 25 * time.Millisecond, 100 * time.Millisecond, 0.5, 1},
	{95, 150 * time.Millisecond, 300 * time.Millisecond, 1, 2},
}

const (
	// enoughScenarios and enoughRequests are the least that a percentile is compared
	// of: one scenario alone may have met a stall.
	enoughScenarios = 5
	enoughRequests  = 20
	// resamples of the scenarios, errorTimes the standard errors that a difference
	// must exceed: with a dozen percentiles in a comparison, chance alone does so
	// once in a thousand comparisons.
	resamples  = 200
	errorTimes = 4
)

// group is the requests of one route on one side in one scenario, of both runs.
type group struct{ a, b []time.Duration }

func (p pair) latencies() []Latency {
	list := []Latency{}
	for _, side := range comparedSides {
		groups := p.groups(side)
		for _, route := range slices.Sorted(maps.Keys(groups)) {
			for _, band := range bands {
				l := Latency{Side: side, Route: route, Percent: band.percent}
				absolute, share, from := band.absolute, band.share, "interleaved"
				if !p.interleaved {
					absolute, share, from = band.apart, band.shareApart, "two runs"
				}
				l.settle(groups[route], absolute, share, from)
				if l.Movement != TooFew && (p.untimed || !slices.Contains(decidingSides, side)) {
					l.Movement = Untimed
				}
				list = append(list, l)
			}
		}
	}
	return list
}

// groups are the requests on one side, by route, of the scenarios in which both runs
// have some of the route.
func (p pair) groups(side judge.Side) map[string][]group {
	all := map[string][]group{}
	for _, res := range p.candidate.Results {
		a, b := tookOn(p.baseline, res.Scenario, side), tookOn(p.candidate, res.Scenario, side)
		for route := range b {
			if len(a[route]) > 0 {
				all[route] = append(all[route], group{a[route], b[route]})
			}
		}
	}
	return all
}

func tookOn(r ledger.RunResult, scenario string, side judge.Side) map[string][]time.Duration {
	took := map[string][]time.Duration{}
	for _, one := range r.Played(scenario) {
		if one.Verdict != judge.Passed && one.Verdict != judge.Failed {
			continue
		}
		for _, l := range one.Latencies {
			if l.Side == side {
				took[l.Route] = append(took[l.Route], l.Took...)
			}
		}
	}
	return took
}

// settle compares the percentiles. The standard error of their difference is that
// over resampled scenarios: requests of one scenario have the moment in common, so
// that they count together.
func (l *Latency) settle(groups []group, absolute time.Duration, share float64, from string) {
	a, b := pooled(groups)
	l.Scenarios, l.Requests = len(groups), [2]int{len(a), len(b)}
	l.Baseline, l.Candidate = percentile(a, l.Percent), percentile(b, l.Percent)
	l.Band, l.BandFrom = absolute, "default of "+from
	widen := func(by time.Duration, from string) {
		if by > l.Band {
			l.Band, l.BandFrom = by, from
		}
	}
	widen(time.Duration(share*float64(l.Baseline)), fmt.Sprintf("%.0f %% of the baseline", 100*share))
	widen(errorTimes*l.standardError(groups), fmt.Sprintf("%d standard errors", errorTimes))
	l.Movement = Within
	switch d := l.Candidate - l.Baseline; {
	case len(groups) < enoughScenarios || len(a) < enoughRequests || len(b) < enoughRequests:
		l.Movement = TooFew
	case d > l.Band:
		l.Movement = Slower
	case -d > l.Band:
		l.Movement = Faster
	}
}

func pooled(groups []group) (a, b []time.Duration) {
	for _, g := range groups {
		a, b = append(a, g.a...), append(b, g.b...)
	}
	return a, b
}

// standardError is the bootstrap's, over scenarios. The same groups give the same.
func (l *Latency) standardError(groups []group) time.Duration {
	if len(groups) < 2 {
		return 0
	}
	draw := rand.New(rand.NewPCG(1, uint64(len(groups))))
	a := sortedOf(groups, func(g group) []time.Duration { return g.a })
	b := sortedOf(groups, func(g group) []time.Duration { return g.b })
	differences, sum := make([]float64, resamples), 0.0
	drawn := make([]int, len(groups)) // how often each
	for i := range differences {
		clear(drawn)
		for range groups {
			drawn[draw.IntN(len(groups))]++
		}
		differences[i] = float64(resampled(b, drawn, l.Percent) - resampled(a, drawn, l.Percent))
		sum += differences[i]
	}
	mean, squares := sum/resamples, 0.0
	for _, d := range differences {
		squares += (d - mean) * (d - mean)
	}
	return time.Duration(math.Sqrt(squares / (resamples - 1)))
}

// request is one of a group.
type request struct {
	took  time.Duration
	group int
}

// sortedOf are the requests of one run in all groups, the fastest first.
func sortedOf(groups []group, of func(group) []time.Duration) (list []request) {
	for i, g := range groups {
		for _, took := range of(g) {
			list = append(list, request{took, i})
		}
	}
	slices.SortFunc(list, func(a, b request) int { return cmp.Compare(a.took, b.took) })
	return list
}

// resampled is a percentile of requests whose groups count as often as they were
// drawn; zero where none was.
func resampled(sorted []request, drawn []int, percent int) time.Duration {
	all := 0
	for _, r := range sorted {
		all += drawn[r.group]
	}
	rank := (all*percent + 99) / 100
	for _, r := range sorted {
		if rank -= drawn[r.group]; rank <= 0 && drawn[r.group] > 0 {
			return r.took
		}
	}
	return 0
}

// slower are the changes of latencies.
func slower(list []Latency) []Change {
	var changes []Change
	for _, l := range list {
		weight := Regression
		switch l.Movement {
		case Slower:
		case Faster:
			weight = Improvement
		default:
			continue
		}
		changes = append(changes, Change{
			Weight: weight, Kind: OfLatency, Route: l.Route, Time: fmt.Sprintf("p%d %s the fault", l.Percent, l.Side),
			Was: Rounded(l.Baseline), Is: Rounded(l.Candidate),
			Why: fmt.Sprintf("band %s: %s; %d scenarios, %d and %d requests", Rounded(l.Band), l.BandFrom, l.Scenarios, l.Requests[0], l.Requests[1]),
		})
	}
	return changes
}
