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
	// Before, During and After count the load by what the service had to live
	// with when a request left.
	Before Share `json:"before"`
	During Share `json:"during"`
	After  Share `json:"after"`
	// Endpoints are the shares of each route during the fault, by name.
	Endpoints map[string]Share `json:"endpoints,omitempty"`
	// Tenants counts the tenants that met a failure during the fault, of how many.
	TenantsAffected int `json:"tenantsAffected"`
	Tenants         int `json:"tenants"`
	// Reachable says of each dependency whether it answered by the service's
	// way while the last fault was in force; what it said if not.
	Reachable map[fault.Dependency]string `json:"reachable,omitempty"`
}

// Share is a number of requests, and what became of them.
type Share struct {
	Sent   int `json:"sent"`
	Failed int `json:"failed"`
	// P50 and Max are the times until the end, in vain or not.
	P50 time.Duration `json:"p50"`
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
		s.P50, s.Max = times[(len(times)-1)/2], times[len(times)-1]
	}
	return s
}

// split sorts the load's requests by what the service had to live with when
// they left. Those that were under way when a fault came, or left between two
// faults, are in none: neither side explains them alone.
func (j *traffic) split() (before, during, after []record.Hit) {
	last := len(j.s.Stages()) - 1
	for _, h := range j.hits {
		switch {
		case h.Abandoned:
		case j.faultAt(h.Sent):
			during = append(during, h)
		case j.stages[0] == nil || j.stages[0].injected == nil || h.Done.Before(j.stages[0].injectedAt):
			before = append(before, h)
		case j.stages[last] != nil && j.stages[last].healed != nil && !h.Sent.Before(j.stages[last].healedAt):
			after = append(after, h)
		}
	}
	return before, during, after
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
	before, during, after := j.split()
	i := &Impact{Before: shareOf(before), During: shareOf(during), After: shareOf(after), Reachable: j.reachable}
	byRoute := map[string][]record.Hit{}
	tenants := map[scenarios.Caller]bool{}
	for _, h := range during {
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
	_, during, after := j.split()
	before := 0 // those under way when the fault came were sent as well
	for _, h := range j.hits {
		if !h.Abandoned && (j.stages[0] == nil || j.stages[0].injected == nil || h.Sent.Before(j.stages[0].injectedAt)) {
			before++
		}
	}
	for _, part := range []struct {
		name string
		hits int
	}{{"before", before}, {"during", len(during)}, {"after", len(after)}} {
		if part.hits < scenarios.LoadRequests/2 {
			return "too few requests of the load were sent " + part.name + " the fault to decide"
		}
	}
	return j.unheard()
}
