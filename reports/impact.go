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
	parts := []string{
		fmt.Sprintf("requests failed: before %s, during %s, after %s", share(i.Before), share(i.During), share(i.After)),
		fmt.Sprintf("tenants affected: %d of %d", i.TenantsAffected, i.Tenants),
	}
	var endpoints []string
	for _, route := range slices.Sorted(maps.Keys(i.Endpoints)) {
		if s := i.Endpoints[route]; s.Failed > 0 {
			endpoints = append(endpoints, fmt.Sprintf("%s %s", route, share(s)))
		}
	}
	if len(endpoints) == 0 {
		endpoints = []string{"none"}
	}
	parts = append(parts, "endpoints failing: "+strings.Join(endpoints, ", "))
	var reached []string
	for _, on := range slices.Sorted(maps.Keys(i.Reachable)) {
		state := "reachable"
		if i.Reachable[on] != "" {
			state = "not reachable"
		}
		reached = append(reached, fmt.Sprintf("%s %s", on, state))
	}
	if len(reached) > 0 {
		parts = append(parts, strings.Join(reached, ", "))
	}
	return line(strings.Join(parts, "; "))
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
