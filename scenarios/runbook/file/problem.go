package file

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios/suggest"
)

// Problem is one thing that is wrong with a file.
type Problem struct {
	File string
	Line int
	Text string
}

// String is "file:line: text".
func (p Problem) String() string { return p.place() + ": " + p.Text }

// place is "file:line".
func (p Problem) place() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// Error is all that is wrong with the files that were read.
type Error struct{ Problems []Problem }

// mostShown is how many problems an error lists.
const mostShown = 20

// Error has a line for each problem, in the order of the files.
func (e *Error) Error() string {
	var lines []string
	for i, p := range e.Problems {
		if i == mostShown {
			lines = append(lines, fmt.Sprintf("and %d more", len(e.Problems)-mostShown))
			break
		}
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
}

// reader reads one file and notes what is wrong with it.
type reader struct {
	file     string
	problems []Problem
}

func (r *reader) wrong(n *yaml.Node, format string, args ...any) {
	r.problems = append(r.problems, Problem{r.file, max(n.Line, 1), fmt.Sprintf(format, args...)})
}

// unknown notes a name that is none of those known, with the one that may be meant.
func (r *reader) unknown(n *yaml.Node, what, name string, known []string) {
	if near := suggest.Nearest(name, known); near != "" {
		r.wrong(n, "%s %q is not known; did you mean %q?", what, name, near)
		return
	}
	known = slices.Clone(known)
	slices.Sort(known)
	r.wrong(n, "%s %q is not known; known: %s", what, name, strings.Join(known, ", "))
}
