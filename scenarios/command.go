package scenarios

import (
	"fmt"
	"strings"
)

// ProbeCommand runs a command of the runbook as printed, in an operator's shell.
const ProbeCommand ProbeKind = "command"

// Command runs a command of the runbook as printed. It is no safe probe: most
// commands worth running change something.
func Command(text string) Expectation {
	return Expectation{Probe: Probe{Kind: ProbeCommand, Text: text}}
}

// Succeeds asks for an exit code of zero, of each part of a pipeline.
func (e Expectation) Succeeds() Expectation {
	return e.and(Check{on: []ProbeKind{ProbeCommand}, Name: "succeeds", Holds: func(o Observation) bool {
		for _, x := range o.Executions {
			if x.Exit != 0 {
				return false
			}
			for _, exit := range x.Exits {
				if exit != 0 {
					return false
				}
			}
		}
		return o.Err == "" && len(o.Executions) > 0
	}})
}

// Prints asks for a text on the standard output.
func (e Expectation) Prints(text string) Expectation {
	return e.and(Check{on: []ProbeKind{ProbeCommand}, Name: fmt.Sprintf("prints %q", text), Holds: func(o Observation) bool {
		for _, x := range o.Executions {
			if strings.Contains(x.Stdout, text) {
				return true
			}
		}
		return false
	}})
}

// showExecutions says in a few words what was run and what came out.
func showExecutions(list []Execution) string {
	parts := make([]string, len(list))
	for i, x := range list {
		parts[i] = fmt.Sprintf("exit %d: %s", x.Exit, Shorten(x.Stdout+" "+x.Stderr))
	}
	return strings.Join(parts, "; ")
}
