package hazards

import (
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

// Contradiction is something that a command shows otherwise than is said.
type Contradiction struct {
	// By is the statement that says it: the command, a comment, an output.
	By  document.Statement
	Saw string
}

// Contradictions compares what the document says that a command shows where
// nothing is wrong with what it showed. It is enough that one role is shown it.
func Contradictions(d *document.Document, command document.Statement, shown []scenarios.Execution) []Contradiction {
	var list []Contradiction
	for _, s := range sayings(d, command) {
		saw := ""
		for _, x := range shown {
			if saw = s.contradicts(x.Stdout); saw == "" {
				break
			}
		}
		if saw != "" {
			list = append(list, Contradiction{By: s.by, Saw: saw})
		}
	}
	return list
}

// Failure is how a command failed, whatever its exit code hides, or nothing.
func Failure(x scenarios.Execution) string { return failure(x) }
