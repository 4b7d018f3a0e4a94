package judge

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/record"
)

// Impact answers the questions of the runbook's "Assess Impact" from what was
// seen while the faults were in force.
type Impact struct {
	// Before, During, Recovering and After count the load by what the service had to
	// live with: nothing yet, a fault, what the fault has left behind or a remedy, and
	// nothing any more. A request is counted where it began and ended.
	Before     Share `json:"before"`
	During     Share `json:"during"`
	Recovering Share `json:"recovering"`
	After      Share `json:"after"`
	// Overlapping counts the requests that were under way while a fault was injected or
	// lifted, or left between two faults: neither side explains them alone.
	Overlapping int `json:"overlapping,omitempty"`
	// Endpoints are the shares of each route during the fault, by name.
	Endpoints map[string]Share `json:"endpoints,omitempty"`
	// Tenants counts the tenants that met a failure during the fault, of how many.
	TenantsAffected int `json:"tenants_affected"`
	Tenants         int `json:"tenants"`
	// Reachable says of each dependency whether it answered by the service's
	// way while the last fault was in force; what it said if not.
	Reachable map[fault.Dependency]string `json:"reachable,omitempty"`
}

// Share is a number of requests, and what became of them.
type Share struct {
	Sent   int `json:"sent"`
	Failed int `json:"failed"`
	// P50, P95, P99 (nearest rank) and Max are the times until the end, in vain or not.
	P50 time.Duration `json:"p50"`
	P95 time.Duration `json:"p95"`
	P99 time.Duration `json:"p99"`
	Max time.Duration `json:"max"`
}

// FailedPercent is the share that failed, from 0 to 100.
func (s Share) FailedPercent() float64 {
	if s.Sent == 0 {
		return 0
	}
	return 100 * float64(s.Failed) / float64(s.Sent)
}

func shareOf(hits []record.Hit) Share {
	s := Share{Sent: len(hits)}
	var times []time.Duration
	for _, h := range hits {
		if h.Failed {
			s.Failed++
		}
		times = append(times, h.Took())
	}
	if len(times) > 0 {
		slices.Sort(times)
		rank := func(percent int) time.Duration { return times[(len(times)*percent+99)/100-1] }
		s.P50, s.P95, s.P99, s.Max = rank(50), rank(95), rank(99), times[len(times)-1]
	}
	return s
}

// sides are the load's requests by what the service had to live with.
type sides struct {
	before, during, recovering, after []record.Hit
	overlapping                       int
}

// split puts each request of the load on the side on which it began and ended.
func (j *traffic) split() sides {
	var s sides
	recovered, last := j.recoveries(), len(j.s.Stages())-1
	for _, h := range j.hits {
		switch {
		case h.Abandoned:
		case j.faultChanges(h):
			s.overlapping++
		case j.faultAt(h.Sent):
			s.during = append(s.during, h)
		case j.stages[0] == nil || j.stages[0].injected == nil || h.Done.Before(j.stages[0].injecting):
			s.before = append(s.before, h)
		case j.stages[last] == nil || j.stages[last].healed == nil || h.Sent.Before(j.stages[last].healedAt):
			s.overlapping++
		case slices.ContainsFunc(recovered, func(r recovery) bool { return r.covers(h.Sent) && r.covers(h.Done) }):
			s.after = append(s.after, h)
		default:
			s.recovering = append(s.recovering, h)
		}
	}
	return s
}

// faultChanges reports whether a fault was being injected or lifted while a request
// was under way.
func (j *timeline) faultChanges(h record.Hit) bool {
	overlaps := func(from, to time.Time) bool { return !h.Sent.After(to) && !h.Done.Before(from) }
	for _, st := range j.stages {
		if st.injected != nil && overlaps(st.injecting, st.injectedAt) || st.healed != nil && overlaps(st.healedAt, st.healEnded) {
			return true
		}
	}
	return false
}

// faultAt reports whether a fault was in force at a moment.
func (j *timeline) faultAt(at time.Time) bool {
	for _, st := range j.stages {
		if st.injected != nil && !at.Before(st.injectedAt) && (st.healed == nil || at.Before(st.healedAt)) {
			return true
		}
	}
	return false
}

// impact is nil for a scenario without a load.
func (j *traffic) impact() *Impact {
	if len(j.hits) == 0 {
		return nil
	}
	sides := j.split()
	i := &Impact{
		Before: shareOf(sides.before), During: shareOf(sides.during), Recovering: shareOf(sides.recovering), After: shareOf(sides.after),
		Overlapping: sides.overlapping, Reachable: j.reachable,
	}
	byRoute := map[string][]record.Hit{}
	tenants := map[scenarios.Caller]bool{}
	for _, h := range sides.during {
		byRoute[h.Route] = append(byRoute[h.Route], h)
		tenants[h.Tenant] = tenants[h.Tenant] || h.Failed
	}
	i.Endpoints = map[string]Share{}
	for _, route := range slices.SortedFunc(maps.Keys(byRoute), strings.Compare) {
		i.Endpoints[route] = shareOf(byRoute[route])
	}
	i.Tenants = len(tenants)
	for _, affected := range tenants {
		if affected {
			i.TenantsAffected++
		}
	}
	return i
}

// tooFew says that the load does not suffice to tell anything, or nothing.
func (j *traffic) tooFew() string {
	if j.mode != scenarios.Verify || j.s.LoadRate() == 0 {
		return ""
	}
	// Who was under way when a fault came or went was sent as well.
	last := len(j.s.Stages()) - 1
	before, during, after := 0, 0, 0
	for _, h := range j.hits {
		switch {
		case h.Abandoned:
		case j.faultAt(h.Sent):
			during++
		case j.stages[0] == nil || j.stages[0].injected == nil || h.Sent.Before(j.stages[0].injectedAt):
			before++
		case j.stages[last] != nil && j.stages[last].healed != nil && !h.Sent.Before(j.stages[last].healedAt):
			after++
		}
	}
	for _, part := range []struct {
		name string
		hits int
	}{{"before", before}, {"during", during}, {"after", after}} {
		if part.hits < scenarios.LoadRequests/2 {
			return "too few requests of the load were sent " + part.name + " the fault to decide"
		}
	}
	return j.unheard()
}
