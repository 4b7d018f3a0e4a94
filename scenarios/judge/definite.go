package judge

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios"
)

// Definite evidence is what no slowness of the host explains. It is never
// discounted and never retried.

// promptLimit is how soon an answer comes for which nobody had to wait. It is
// below every limit that a scenario sets to an answer's time.
const promptLimit = 200 * time.Millisecond

// denials are the statuses that say who somebody is, what he may do, or what
// there is. However slow a host is, they are right or wrong.
var denials = []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound}

// prompt reports whether a whole answer came at once.
func prompt(o scenarios.Observation) bool { return o.Status != 0 && o.Took < promptLimit }

// definite reports whether an observation that does not hold is definite: another
// tenant's row, a write that is lost, duplicated or unexpected, the last words of
// a process that has exited, a prompt wrong status.
func (j *playing) definite(e scenarios.ExpectationSpec, o scenarios.Observation) bool {
	switch e.Probe.Kind {
	case scenarios.ProbeIsolation:
		return len(o.Foreign()) > 0
	case scenarios.ProbeAudit:
		return o.Audit != nil && o.Audit.Found().Wrong()
	case scenarios.ProbeProcess:
		var process struct{ State string }
		return !o.ObserverError() && json.Unmarshal([]byte(o.Body), &process) == nil && process.State == "exited"
	case scenarios.ProbeHTTP:
		return prompt(o) && wrongStatus(e, o.Status) && !alsoExpects(j.s, e, o.Status)
	}
	return false
}

// wrongStatus reports whether the service has made up its mind, and wrongly: it
// denies what it was not to deny, accepts what it was to refuse, or did not
// expect what it met (500). A status that says "not now" may be the host's doing.
func wrongStatus(e scenarios.ExpectationSpec, status int) bool {
	var wanted []int
	for _, c := range e.Checks {
		wanted = append(wanted, c.Statuses...)
	}
	if len(wanted) == 0 || slices.Contains(wanted, status) {
		return false
	}
	accepted := status >= http.StatusOK && status < http.StatusMultipleChoices
	refusal := !slices.ContainsFunc(wanted, func(s int) bool { return s < http.StatusBadRequest || s >= http.StatusInternalServerError })
	return slices.Contains(denials, status) || status == http.StatusInternalServerError || accepted && refusal
}

// alsoExpects reports whether the scenario itself waits for a status of the very
// request at another time. It may then merely have come late, or gone late.
func alsoExpects(s scenarios.Scenario, e scenarios.ExpectationSpec, status int) bool {
	same := func(p scenarios.Probe) bool {
		return p.Kind == e.Probe.Kind && p.Method == e.Probe.Method && p.Path == e.Probe.Path && p.As == e.Probe.As && p.Raw == e.Probe.Raw
	}
	wants := func(checks []scenarios.Check) bool {
		return slices.ContainsFunc(checks, func(c scenarios.Check) bool { return slices.Contains(c.Statuses, status) })
	}
	return wants(e.HealthyChecks) || slices.ContainsFunc(s.Expectations(), func(o scenarios.ExpectationSpec) bool { return same(o.Probe) && wants(o.Checks) })
}
