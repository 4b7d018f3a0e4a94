package hazards

import (
	"encoding/json"
	"slices"

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

// Kept is something that the document says a command shows where nothing is
// wrong, and that it does show then, and does not in some broken world.
type Kept struct {
	// By is the statement that says it.
	By document.Statement
	// Otherwise is the execution that shows something else, Saw what.
	Otherwise scenarios.Execution
	Saw       string
}

// KeptPromises finds, for what other statements say that a command shows where
// nothing is wrong, an execution in a broken world that shows otherwise. Each
// role is compared with itself.
func KeptPromises(d *document.Document, command document.Statement, healthy, broken []scenarios.Execution) []Kept {
	var list []Kept
	for _, s := range sayings(d, command) {
		if s.by.ID == command.ID {
			continue
		}
		for _, x := range broken {
			shown := slices.ContainsFunc(healthy, func(h scenarios.Execution) bool { return h.As == x.As && s.contradicts(h.Stdout) == "" })
			if saw := s.contradicts(x.Stdout); shown && saw != "" && answered(s, x) {
				list = append(list, Kept{By: s.by, Otherwise: x, Saw: saw})
				break
			}
		}
	}
	return list
}

// answered tells whether an execution says anything of what a saying is about:
// one that failed shows no rows, and one without an answer has no field.
func answered(s saying, x scenarios.Execution) bool {
	return failure(x) == "" && x.Ended == "" && (s.key == "" || json.Valid([]byte(x.Stdout)))
}

// Failure is how a command failed, whatever its exit code hides, or nothing.
func Failure(x scenarios.Execution) string { return failure(x) }
