package scenarios

import (
	"fmt"
	"slices"
	"strings"
)

// ProbeCommand runs a command of the runbook as printed, in an operator's shell.
const ProbeCommand ProbeKind = "command"

// CommandExpectation is of what a command shows.
type CommandExpectation struct{ builder[CommandExpectation] }

func ofCommand(e ExpectationSpec) CommandExpectation {
	return CommandExpectation{builder[CommandExpectation]{e, ofCommand}}
}

// Command runs a command of the runbook as printed. It is no safe probe: most
// commands worth running change something.
func Command(text string) CommandExpectation {
	return ofCommand(ExpectationSpec{Probe: Probe{Kind: ProbeCommand, Text: text}})
}

// Succeeds asks for an exit code of zero, of each part of a pipeline.
func (c CommandExpectation) Succeeds() CommandExpectation {
	return c.check(Check{Kind: "succeeds"})
}

func (Check) succeedsHolds(o Observation) bool {
	failed := func(x Execution) bool {
		return x.Exit != 0 || slices.ContainsFunc(x.Exits, func(exit int) bool { return exit != 0 })
	}
	return o.Err == "" && len(o.Executions) > 0 && !slices.ContainsFunc(o.Executions, failed)
}

// Contains asks for a text on the standard output.
func (c CommandExpectation) Contains(text string) CommandExpectation {
	return c.check(Check{Kind: "prints", Text: text})
}

func (c Check) printsHolds(o Observation) bool {
	return slices.ContainsFunc(o.Executions, func(x Execution) bool { return strings.Contains(x.Stdout, c.Text) })
}

// showExecutions says in a few words what was run and what came out.
func showExecutions(list []Execution) string {
	parts := make([]string, len(list))
	for i, x := range list {
		parts[i] = fmt.Sprintf("exit %d: %s", x.Exit, Shorten(x.Stdout+" "+x.Stderr))
	}
	return strings.Join(parts, "; ")
}
