// Package choose selects scenarios by the filters of a command line.
package choose

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runproof/runproof/cmd/runproof/internal/exit"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/suggest"
)

// Filter says which scenarios are meant. Empty fields mean all.
type Filter struct {
	Names    []string
	Section  string
	Severity string
}

// Scenarios returns those of all that the filter means, in their order.
// A name or filter that matches nothing is a usage error that says what there
// is: an empty run must never look like a green one.
func Scenarios(all []scenarios.Scenario, f Filter) ([]scenarios.Scenario, error) {
	for _, name := range f.Names {
		if !slices.ContainsFunc(all, func(s scenarios.Scenario) bool { return s.ID == name }) {
			return nil, unknown("scenario", name, values(all, func(s scenarios.Scenario) string { return s.ID }))
		}
	}
	if f.Section != "" && !slices.ContainsFunc(all, f.inSection) {
		return nil, unknown("section", f.Section, values(all, func(s scenarios.Scenario) string { return s.Section }))
	}
	if f.Severity != "" && !slices.ContainsFunc(all, f.ofSeverity) {
		return nil, unknown("severity", f.Severity, values(all, func(s scenarios.Scenario) string { return string(s.Severity) }))
	}
	var chosen []scenarios.Scenario
	for _, s := range all {
		if (len(f.Names) == 0 || slices.Contains(f.Names, s.ID)) && f.inSection(s) && f.ofSeverity(s) {
			chosen = append(chosen, s)
		}
	}
	if len(chosen) == 0 {
		return nil, exit.Usage("no scenario matches all of the filters; runproof list shows them")
	}
	return chosen, nil
}

func (f Filter) inSection(s scenarios.Scenario) bool {
	return f.Section == "" || strings.EqualFold(f.Section, s.Section)
}

func (f Filter) ofSeverity(s scenarios.Scenario) bool {
	return f.Severity == "" || strings.EqualFold(f.Severity, string(s.Severity))
}

func values(all []scenarios.Scenario, of func(scenarios.Scenario) string) []string {
	var list []string
	for _, s := range all {
		if v := of(s); !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

// mostKnown is how many names an error lists.
const mostKnown = 12

func unknown(what, name string, known []string) error {
	if near := suggest.Nearest(name, known); near != "" {
		return exit.Usage("no such %s %q; did you mean %q?", what, name, near)
	}
	more := ""
	if n := len(known) - mostKnown; n > 0 {
		known, more = known[:mostKnown], fmt.Sprintf(" and %d more; runproof list shows them", n)
	}
	return exit.Usage("no such %s %q; known: %s%s", what, name, strings.Join(known, ", "), more)
}
