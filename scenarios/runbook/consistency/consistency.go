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
	// Document is the name of its document, where there are several.
	Document string
	// Statement is an index into the document's statements.
	Statement int
	// List is the line that introduces the list it stands in, or 0: two lists
	// that are introduced differently are about different cases.
	List int
	// Pronoun says that the thing is an "it": it is compared with what is
	// named, and not with another "it".
	Pronoun bool
	// Shared says that it means the same in every document about the service,
	// and not only in its section.
	Shared bool
}

// Of lists what a document asserts.
func Of(d *document.Document) []Assertion {
	var list []Assertion
	lists := listing{d: d}
	for i, s := range d.Statements {
		introduction := lists.introduction(s)
		for _, a := range append(append(severities(s), clauses(s)...), defaults(s)...) {
			a.Line, a.Statement = s.Line, i
			a.List = introduction
			list = append(list, a)
		}
	}
	list = append(list, rows(d)...)
	return append(list, ports(d)...)
}

// listing follows the lists of a document.
type listing struct {
	d *document.Document
	// last is the line of the last item, begun that of what introduces its list.
	last, begun int
}

// introduction is the line that introduces the list of an item, or 0 where the
// list stands right below a heading.
func (l *listing) introduction(s document.Statement) int {
	if s.Kind != document.Item && s.Kind != document.Symptom {
		return 0
	}
	for n := s.Line - 1; n > l.last; n-- {
		line := l.d.Line(n)
		if strings.TrimSpace(line) == "" || line[0] == ' ' || line[0] == '\t' || strings.ContainsRune("-*+0123456789", rune(line[0])) && !strings.HasPrefix(line, "**") {
			continue
		}
		l.begun = n
		if line[0] == '#' {
			l.begun = 0
		}
		break
	}
	l.last = s.Line
	return l.begun
}

// Conflict is one thing with two values or more.
type Conflict struct {
	Thing string
	// Said are the assertions, one for each value, in the order of their lines;
	// Repeated those that give one of the values once more.
	Said, Repeated []Assertion
}

// Conflicts are the things that have more than one value.
func Conflicts(list []Assertion) []Conflict {
	groups := map[string][]Assertion{}
	var order []string
	alone := map[string]bool{} // said outside of lists too
	for _, a := range list {
		alone[a.About] = alone[a.About] || a.List == 0
	}
	for _, a := range list {
		if !alone[a.About] {
			a.About += fmt.Sprint(" ¶", a.List)
		}
		if groups[a.About] == nil {
			order = append(order, a.About)
		}
		groups[a.About] = append(groups[a.About], a)
	}
	var found []Conflict
	reported := map[[2]string]bool{}
	for _, about := range order {
		if strings.HasPrefix(about, "~ ") && !mixed(groups[about]) {
			continue
		}
		values := map[string]bool{}
		c := Conflict{}
		for _, a := range groups[about] {
			if values[a.Value] {
				c.Repeated = append(c.Repeated, a)
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
		pair := [2]string{fmt.Sprint(c.Said[0].Document, c.Said[0].Line), fmt.Sprint(c.Said[1].Document, c.Said[1].Line)}
		if pair[0] == pair[1] || reported[pair] {
			continue
		}
		reported[pair] = true
		c.Thing = c.Said[0].Thing
		found = append(found, c)
	}
	return found
}

// mixed tells whether one "it" stands among things that are named.
func mixed(group []Assertion) bool {
	n := 0
	for _, a := range group {
		if a.Pronoun {
			n++
		}
	}
	return n == 1 && len(group) > 1
}

func thing(words []string) string { return strings.Join(words, " ") }
