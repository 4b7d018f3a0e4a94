package scenarios

import (
	"fmt"
	"strings"
	"time"
)

// ProbeProcess looks at the service's process as its operator does with
// "kubectl get pods" and "kubectl describe pod". What it sees is a JSON object:
//
//	state      running, frozen or exited
//	ready      what readiness says of it, where it runs
//	restarts   how often it was started again
//	lines      how many log lines of each level (DEBUG, INFO, WARN, ERROR) it
//	           has written since its last start
//	exit_code  of the process that has ended; not there while one runs
//	message    the last words of that process
//	end        what requests met while it ended, where a fault has looked
//
// What the harness could not tell of an object's field stands in the object under
// "unknown", by the field's name and with the reason.
const ProbeProcess ProbeKind = "process"

// Process looks at the service's process from outside.
func Process() Expectation { return Expectation{Probe: Probe{Kind: ProbeProcess}} }

// UnansweredFor asks that no answer comes within d, though the connection is
// there: neither refused nor cut. It is how a probe of Kubernetes gives up.
func (e Expectation) UnansweredFor(d time.Duration) Expectation {
	e.Probe.Timeout = d
	return e.write("UnansweredFor", ProbeHTTP).and(unansweredFor(d))
}

func unansweredFor(d time.Duration) Check {
	return Check{
		on:    []ProbeKind{ProbeHTTP},
		Name:  fmt.Sprintf("is not answered within %s", d),
		Holds: func(o Observation) bool { return o.Status == 0 && o.Class == ClassTimeout && o.Took >= d },
	}
}

// WithUnknownFields is an observation as a check of a process can be asked of it: one whose field is
// unknown to the harness says nothing of the service, and no later observation will.
func (e Expectation) WithUnknownFields(o Observation) Observation {
	if e.Probe.Kind != ProbeProcess {
		return o
	}
	for _, c := range e.Checks {
		object, field := "", c.path
		if i := strings.LastIndex(c.path, "."); i >= 0 {
			object, field = c.path[:i+1], c.path[i+1:]
		}
		if why, unknown := at(o.Body, object+"unknown."+field); unknown {
			o.Class, o.Err = ClassObserverError, fmt.Sprintf("%s: %v", c.path, why)
			o.Hopeless = "what could not be told then cannot be now"
		}
	}
	return o
}
