package judge

import (
	"cmp"
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios/record"
)

// Side is what the service had to live with while a request of the load was
// under way.
type Side string

// The sides of a scenario, in order. A request that was under way while a fault
// was injected or lifted is on none.
const (
	SideBefore     Side = "before"
	SideDuring     Side = "during"
	SideRecovering Side = "recovering"
	SideAfter      Side = "after"
)

// Latencies are the times until the end, in vain or not, of the requests of one
// route on one side, in the order in which they left.
type Latencies struct {
	Side  Side            `json:"side"`
	Route string          `json:"route"`
	Took  []time.Duration `json:"took"`
}

// latencies lists those of the load, by side and route.
func (j *traffic) latencies() []Latencies {
	sides := j.split()
	var list []Latencies
	for _, part := range []struct {
		side Side
		hits []record.Hit
	}{
		{SideBefore, sides.before}, {SideDuring, sides.during}, {SideRecovering, sides.recovering}, {SideAfter, sides.after},
	} {
		of := map[string]int{}
		first := len(list)
		slices.SortStableFunc(part.hits, func(a, b record.Hit) int { return a.Sent.Compare(b.Sent) })
		for _, h := range part.hits {
			i, known := of[h.Route]
			if !known {
				i = len(list)
				of[h.Route] = i
				list = append(list, Latencies{Side: part.side, Route: h.Route})
			}
			list[i].Took = append(list[i].Took, h.Took())
		}
		slices.SortFunc(list[first:], func(a, b Latencies) int { return cmp.Compare(a.Route, b.Route) })
	}
	return list
}
