package reports

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios/judge"
)

// impactLine answers the questions of "Assess Impact" for one scenario: how
// many requests and tenants were hit, on which endpoints, and which
// dependencies could be reached meanwhile. Empty where nothing was loaded.
func impactLine(res judge.Result) string {
	i := res.Impact
	if i == nil {
		return ""
	}
	requests := fmt.Sprintf("requests failed: before %s, during %s, until recovered %s, after %s",
		share(i.Before), share(i.During), share(i.Recovering), share(i.After))
	if i.Overlapping > 0 {
		requests += fmt.Sprintf("; %d overlapped a change of the fault and count for neither side", i.Overlapping)
	}
	return line(requests + "; " + impactOf(*i))
}

// impactOf names the tenants, endpoints and dependencies that a fault was felt by.
func impactOf(i judge.Impact) string {
	var endpoints []string
	for _, route := range slices.Sorted(maps.Keys(i.Endpoints)) {
		if s := i.Endpoints[route]; s.Failed > 0 {
			endpoints = append(endpoints, fmt.Sprintf("%s %s", route, share(s)))
		}
	}
	if len(endpoints) == 0 {
		endpoints = []string{"none"}
	}
	return line(fmt.Sprintf("tenants affected: %d of %d; endpoints failing: %s", i.TenantsAffected, i.Tenants, strings.Join(endpoints, ", ")) + reached(i))
}

// reached says which dependencies answered while the fault was in force.
func reached(i judge.Impact) string {
	var parts []string
	for _, on := range slices.Sorted(maps.Keys(i.Reachable)) {
		state := "reachable"
		if i.Reachable[on] != "" {
			state = "not reachable"
		}
		parts = append(parts, fmt.Sprintf("%s %s", on, state))
	}
	if len(parts) == 0 {
		return ""
	}
	return "; " + strings.Join(parts, ", ")
}

// felt says in a sentence by whom a fault was felt, and what could be reached under it.
func felt(i judge.Impact) string {
	return sentence(fmt.Sprintf("tenants with a failure under the fault: %d of %d", i.TenantsAffected, i.Tenants) + reached(i))
}

func share(s judge.Share) string {
	return fmt.Sprintf("%d of %d (%.0f %%)", s.Failed, s.Sent, s.FailedPercent())
}

// signalsLine says when each signal showed the fault and when health again.
func signalsLine(res judge.Result) string {
	var parts []string
	for _, signal := range slices.Sorted(maps.Keys(res.Signals)) {
		t := res.Signals[signal]
		parts = append(parts, fmt.Sprintf("%s: detected %s, recovered %s", signal, maybe(t.Detect), maybe(t.Recover)))
	}
	return line(strings.Join(parts, "; "))
}
