package hazards

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

// reader finds for each statement what was run of it.
type reader struct {
	Input
	prose string // everything that is not a command
	runs  map[string][]scenarios.Execution
}

func newReader(in Input) *reader {
	r := &reader{Input: in, runs: map[string][]scenarios.Execution{}}
	byText := map[string][]string{}
	var prose strings.Builder
	for _, s := range in.Document.Statements {
		switch s.Kind {
		case document.Command, document.Query:
			byText[squeezed(s.Text)] = append(byText[squeezed(s.Text)], s.ID)
			prose.WriteString(s.Purpose + "\n")
		case document.Output, document.Setting, document.Code, document.Link:
		default:
			prose.WriteString(s.Text + "\n")
		}
	}
	r.prose = prose.String()
	for _, x := range in.Executions {
		if x.Unsupported != "" {
			continue
		}
		ids := byText[squeezed(x.Command)]
		if x.Statement != "" {
			ids = []string{x.Statement}
		}
		for _, id := range ids {
			r.runs[id] = append(r.runs[id], x)
		}
	}
	return r
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }

// command is a command of the document with what was run of it.
type command struct {
	document.Statement
	runs []scenarios.Execution
	// beside are the comments behind the command.
	beside string
}

// commands lists the commands that were run at all.
func (r *reader) commands() []command {
	var list []command
	for i, s := range r.Document.Statements {
		if (s.Kind != document.Command && s.Kind != document.Query) || len(r.runs[s.ID]) == 0 {
			continue
		}
		c := command{Statement: s, runs: r.runs[s.ID]}
		for _, other := range r.Document.Statements {
			if other.Kind == document.Comment && other.Of == i {
				c.beside += " " + other.Text
			}
		}
		list = append(list, c)
	}
	return list
}

// description is all that the document says about the command where it stands.
func (c command) description() string { return strings.TrimSpace(c.Purpose + c.beside) }

// in lists the runs in one world.
func (c command) in(world string) []scenarios.Execution {
	return slices.DeleteFunc(slices.Clone(c.runs), func(x scenarios.Execution) bool { return x.World != world })
}

// healthy is the first run in the healthy world.
func (c command) healthy() (scenarios.Execution, bool) {
	list := c.in(scenarios.WorldHealthy)
	if len(list) == 0 {
		return scenarios.Execution{}, false
	}
	return list[0], true
}

// broken lists the runs in worlds that a fault names.
func (c command) broken() []scenarios.Execution {
	return slices.DeleteFunc(slices.Clone(c.runs), func(x scenarios.Execution) bool {
		switch x.World {
		case scenarios.WorldHealthy, scenarios.WorldHealed, scenarios.WorldEmpty, scenarios.WorldLarge, scenarios.WorldOdd:
			return true
		}
		return false
	})
}

// where is what was run, as a finding tells it.
func where(list ...scenarios.Execution) string {
	var parts []string
	for _, x := range list {
		part := x.World
		if x.As != "" {
			part += ", as " + x.As
		}
		if !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return fmt.Sprintf("%s (%s)", squeezed(list[0].Command), strings.Join(parts, "; "))
}
