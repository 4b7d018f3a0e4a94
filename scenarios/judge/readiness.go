package judge

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// readinessAge is how old a readiness may be: nobody says that each dependency is
// asked anew each time. The service's clock is the harness's.
const readinessAge = 5 * time.Second

// kept says of a readiness with a timestamp that it is not the answer's own: it
// was put together long before the request, or is dated after the answer. It
// is told by the runbook's words for it, whoever asked and by whatever path.
func kept(a response) string {
	var ready struct {
		Status    string                     `json:"status"`
		Timestamp string                     `json:"timestamp"`
		Checks    map[string]json.RawMessage `json:"checks"`
	}
	if !strings.Contains(a.Body, `"timestamp"`) || json.Unmarshal([]byte(a.Body), &ready) != nil || ready.Status == "" || len(ready.Checks) == 0 {
		return ""
	}
	at, err := time.Parse(time.RFC3339, ready.Timestamp)
	switch {
	case err != nil: // its form is a claim of its own
		return ""
	case at.Before(a.At.Add(-readinessAge)):
		return fmt.Sprintf("readiness is dated %s before the request", a.At.Sub(at).Round(time.Millisecond))
	case at.After(a.Ended().Add(readinessAge)):
		return fmt.Sprintf("readiness is dated %s after its answer", at.Sub(a.Ended()).Round(time.Millisecond))
	}
	return ""
}
