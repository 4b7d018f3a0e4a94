package lint

import (
	"fmt"
	"sort"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/consistency"
)

// Linted is a document with its findings.
type Linted struct {
	Name     string    `json:"runbook"`
	Findings []Finding `json:"findings"`
}

// Across adds to each document what another says differently: to the later one
// in the list. The documents are in the order of the list.
func Across(list []Linted, documents []consistency.Document) {
	byName := map[string]int{}
	for n, l := range list {
		byName[l.Name] = n
	}
	for _, c := range consistency.Across(documents) {
		last := c.Said[len(c.Said)-1]
		var values []string
		for _, a := range c.Said {
			values = append(values, fmt.Sprintf("%s (%s, line %d)", a.Shown, a.Document, a.Line))
		}
		l := &list[byName[last.Document]]
		l.Findings = append(l.Findings, Finding{
			Rule: duplicates.ID, Why: duplicates.Why, Severity: duplicates.Severity, Line: last.Line, Column: 1,
			Text:     fmt.Sprintf("%q is told in %d ways: %s", c.Thing, len(values), strings.Join(values, ", ")),
			Proposal: "find out which of the documents is right, and let the others refer to it",
		})
	}
	for _, l := range list {
		sort.SliceStable(l.Findings, func(i, j int) bool { return l.Findings[i].Line < l.Findings[j].Line })
	}
}
