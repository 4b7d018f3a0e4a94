// Package consistency finds what one document, or several about one service,
// say in two ways: one threshold with two numbers, one severity with two
// response times, one default with two values.
//
// Two sentences contradict each other only where they are about the same
// thing, under the same label and the same condition, and give it values of
// one sort. "Critical" and "minor", "if 0" and "if more than 0", rows of two
// keys are no contradiction.
package consistency

import (
	"fmt"
	"sort"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

// Assertion is a value that a statement gives to something.
type Assertion struct {
	// About is the thing with its label and its condition, in a form that can
	// be compared.
	About string
	// Thing is About as a report names it.
	Thing string
	// Value is what can be compared, Shown the value as written.
	Value, Shown string
	Line         int
	// Statement is an index into the document's statements.
	Statement int
	// Shared says that it means the same in every document about the service,
	// and not only in its section.
	Shared bool
}

// Of lists what a document asserts.
func Of(d *document.Document) []Assertion {
	var list []Assertion
	introduction, section := -1, ""
	for i, s := range d.Statements {
		if here := strings.Join(s.Sections, "\x00"); here != section {
			introduction, section = -1, here
		}
		if s.Kind == document.Prose {
			introduction = i
		}
		for _, a := range append(append(severities(s), clauses(s)...), defaults(s)...) {
			a.Line, a.Statement = s.Line, i
			// Two lists that are introduced differently are about different cases.
			if s.Kind == document.Item && introduction >= 0 && !strings.HasPrefix(a.About, "default ") {
				a.About += fmt.Sprint(" ¶", introduction)
			}
			list = append(list, a)
		}
	}
	list = append(list, rows(d)...)
	return append(list, ports(d)...)
}

// Conflict is one thing with two values or more.
type Conflict struct {
	Thing string
	// Said are the assertions, one for each value, in the order of their lines;
	// Again those that repeat one of the values.
	Said, Again []Assertion
}

// Conflicts are the things that have more than one value.
func Conflicts(list []Assertion) []Conflict {
	groups := map[string][]Assertion{}
	var order []string
	for _, a := range list {
		if groups[a.About] == nil {
			order = append(order, a.About)
		}
		groups[a.About] = append(groups[a.About], a)
	}
	var found []Conflict
	reported := map[[2]int]bool{}
	for _, about := range order {
		values := map[string]bool{}
		c := Conflict{}
		for _, a := range groups[about] {
			if values[a.Value] {
				c.Again = append(c.Again, a)
				continue
			}
			values[a.Value] = true
			c.Said = append(c.Said, a)
		}
		// Many values are a list of cases, not a contradiction.
		if len(c.Said) < 2 || len(c.Said) > 3 {
			continue
		}
		sort.SliceStable(c.Said, func(i, j int) bool { return c.Said[i].Line < c.Said[j].Line })
		pair := [2]int{c.Said[0].Line, c.Said[1].Line}
		if pair[0] == pair[1] || reported[pair] {
			continue
		}
		reported[pair] = true
		c.Thing = c.Said[0].Thing
		found = append(found, c)
	}
	return found
}

func thing(words []string) string { return strings.Join(words, " ") }
