package scenarios

import (
	"fmt"
)

// Severity is a level of the runbook's severity table.
type Severity string

// The runbook's severities ("Incident Severity Levels").
const (
	P1 Severity = "P1"
	P2 Severity = "P2"
	P3 Severity = "P3"
	P4 Severity = "P4"
)

func (s Severity) validate() error {
	switch s {
	case P1, P2, P3, P4:
		return nil
	}
	return fmt.Errorf("severity %q is none of P1, P2, P3, P4", string(s))
}
