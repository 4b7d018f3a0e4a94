package timeline

import (
	"slices"
	"time"
)

// mostBuckets is into how many parts the time is cut at first.
const mostBuckets = 1024

// Thin is the timeline with at most n dots. In each part of the time it keeps of every
// tenant and route the slowest and the fastest request that failed, and the slowest and
// the fastest that did not: what is left out lies between two dots that are drawn.
func (t Timeline) Thin(n int) Timeline {
	total := 0
	for _, lane := range t.Lanes {
		total += len(lane.Dots)
	}
	if total <= n {
		return t
	}
	t.Lanes = slices.Clone(t.Lanes)
	for i := range t.Lanes {
		lane := &t.Lanes[i]
		// A lane's part of the dots is as large as its part of the requests.
		all := len(lane.Dots)
		lane.Dots = thin(lane.Dots, n*all/total)
		t.Omitted += all - len(lane.Dots)
	}
	return t
}

// thin keeps at most n of a lane's dots, which are in the order of time.
func thin(dots []Dot, n int) []Dot {
	if len(dots) <= n {
		return dots
	}
	if n < 1 {
		return nil
	}
	from, to := dots[0].At, dots[len(dots)-1].At
	for buckets := min(mostBuckets, n); ; buckets = max(buckets/2, 1) {
		kept := extremes(dots, from, (to-from)/time.Duration(buckets)+1)
		if len(kept) <= n {
			return kept
		}
		if buckets == 1 {
			return slowest(kept, n)
		}
	}
}

// extremes are the dots that are the slowest or the fastest of their kind in a part of
// the time.
func extremes(dots []Dot, from, width time.Duration) []Dot {
	type kind struct {
		bucket time.Duration
		tenant int
		failed bool
	}
	type places struct{ fastest, slowest int }
	of := map[kind]places{}
	for i, d := range dots {
		k := kind{(d.At - from) / width, d.Tenant, d.Failed}
		p, known := of[k]
		if !known {
			p = places{i, i}
		}
		if d.Took < dots[p.fastest].Took {
			p.fastest = i
		}
		if d.Took > dots[p.slowest].Took {
			p.slowest = i
		}
		of[k] = p
	}
	keep := make([]bool, len(dots))
	for _, p := range of {
		keep[p.fastest], keep[p.slowest] = true, true
	}
	var kept []Dot
	for i, d := range dots {
		if keep[i] {
			kept = append(kept, d)
		}
	}
	return kept
}

// slowest are n of the dots: those that failed first of all, then those that took longest.
func slowest(dots []Dot, n int) []Dot {
	worst := slices.Clone(dots)
	slices.SortStableFunc(worst, func(a, b Dot) int {
		switch {
		case a.Failed != b.Failed && a.Failed:
			return -1
		case a.Failed != b.Failed:
			return 1
		}
		return int(b.Took - a.Took)
	})
	worst = worst[:n]
	slices.SortStableFunc(worst, func(a, b Dot) int { return int(a.At - b.At) })
	return worst
}
