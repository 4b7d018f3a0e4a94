package scenarios

import (
	"fmt"
	"strings"
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

// ProcessExpectation is of the service's process.
type ProcessExpectation struct{ document[ProcessExpectation] }

func ofProcess(e ExpectationSpec) ProcessExpectation {
	return ProcessExpectation{document[ProcessExpectation]{builder[ProcessExpectation]{e, ofProcess}}}
}

// Process looks at the service's process from outside.
func Process() ProcessExpectation {
	return ofProcess(ExpectationSpec{Probe: Probe{Kind: ProbeProcess}})
}

// WithUnknownFields is an observation as a check of a process can be asked of it: one whose field is
// unknown to the harness says nothing of the service, and no later observation will.
func (e ExpectationSpec) WithUnknownFields(o Observation) Observation {
	if e.Probe.Kind != ProbeProcess {
		return o
	}
	for _, c := range e.Checks {
		object, field := "", c.Path
		if i := strings.LastIndex(c.Path, "."); i >= 0 {
			object, field = c.Path[:i+1], c.Path[i+1:]
		}
		if why, unknown := at(o.Body, object+"unknown."+field); unknown {
			o.Class, o.Err = ClassObserverError, fmt.Sprintf("%s: %v", c.Path, why)
			o.Hopeless = "what could not be told then cannot be now"
		}
	}
	return o
}
