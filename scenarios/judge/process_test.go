package judge

import (
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
)

// What the harness could not tell of a process is no failure of the service, and
// no pass. Seen red: a field that is not there was a failure, and a definite one.
func TestWhatCouldNotBeToldOfAProcessIsNotSeen(t *testing.T) {
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	e := scenarios.Process().Showing("end.unready_first", true)
	for name, c := range map[string]struct {
		body               string
		held, blind, ended bool
	}{
		"not yet":      {`{"state":"running"}`, false, false, false},
		"it did":       {`{"end":{"unready_first":true}}`, true, false, true},
		"it did not":   {`{"end":{"unready_first":false}}`, false, false, false},
		"nobody knows": {`{"end":{"unknown":{"unready_first":"nobody asked"}}}`, false, true, true},
		"of another":   {`{"end":{"unready_first":true,"unknown":{"cut":"too slow"}}}`, true, false, true},
	} {
		f := NewEvaluator(e.Spec(), start)
		ended := f.Add(scenarios.Observation{At: start, Took: time.Millisecond, Body: c.body})
		if f.Held != c.held || f.last.ObserverError() != c.blind || ended != c.ended {
			t.Errorf("%s: held %v, blind %v, ended %v", name, f.Held, f.last.ObserverError(), ended)
		}
	}
}
