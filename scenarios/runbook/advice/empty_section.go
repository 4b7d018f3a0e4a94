package advice

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var blankLine = regexp.MustCompile(`^\s*(?:[-=*_]{3,}|<a\s[^>]*>\s*(?:</a>)?|<br\s*/?>)?\s*$`)

// sentence is the number of words from which a heading says something itself.
const sentence = 7

var emptySection = rule.Rule{
	ID: "empty-section", Title: "a section says something", Severity: lint.Warning,
	Why: "whoever follows the contents to this section finds nothing there",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		lines := strings.Count(string(in.Source), "\n") + 1
		for i, h := range in.Headings {
			end := lines + 1
			if i+1 < len(in.Headings) {
				if in.Headings[i+1].Level > h.Level {
					continue
				}
				end = in.Headings[i+1].Line
			}
			if h.Level == 1 && i == 0 || len(strings.Fields(h.Text)) > sentence {
				continue
			}
			empty := true
			for n := h.Line + 1; n < end && empty; n++ {
				empty = blankLine.MatchString(in.Line(n))
			}
			if empty {
				report(rule.Finding{Line: h.Line, Column: 1, Statement: -1, Text: fmt.Sprintf("the section %q is empty", h.Text), Proposal: "write it, or take the heading away"})
			}
		}
	},
}
