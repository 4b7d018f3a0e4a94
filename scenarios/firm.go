package scenarios

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
)

// promptly is how soon an answer comes for which nobody had to wait. It is below
// every limit that a scenario sets to an answer's time.
const promptly = 200 * time.Millisecond

// givesUp are the statuses of a service that waited for too long, will not wait
// or is asked too much. 500 says that it did not expect what it met.
var givesUp = []int{
	http.StatusRequestTimeout, http.StatusTooManyRequests,
	http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout,
}

// decided reports whether the service has made up its mind: a whole answer, at
// once, and not that of somebody who gives up.
func (o Observation) decided() bool {
	return o.Status >= http.StatusOK && o.Took < promptly && !slices.Contains(givesUp, o.Status)
}

// firm reports whether no lack of time explains a look that does not hold: 201
// at once for a token that has expired, another tenant's row, a row that is
// there twice, the last words of a process that has ended. What health shows may follow late what has
// happened, and so may what is in a list; only the status of an answer counts.
func (e Expectation) firm(o Observation) bool {
	switch e.Probe.Kind {
	case ProbeIsolation:
		return len(o.Foreign) > 0
	case ProbeAudit:
		return o.Audit != nil && len(o.Audit.Missing)+len(o.Audit.Phantom)+len(o.Audit.Doubled) > 0
	case ProbeProcess:
		var process struct{ State string }
		return json.Unmarshal([]byte(o.Body), &process) == nil && process.State == "exited"
	case ProbeHTTP:
		return o.decided() && !strings.HasPrefix(e.Probe.Path, "/health") && slices.ContainsFunc(e.Checks, func(c Check) bool {
			return len(c.statuses) > 0 && !c.Holds(o)
		})
	}
	return false
}
