package repository

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
)

var alertName = regexp.MustCompile(`^[A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+$`)

var alertRule = rule{
	id: "repository-alert", title: "alerts and sections fit each other", severity: lint.Warning,
	why: "the alert wakes somebody, and the runbook does not know it",
	find: func(r *reader, report func(lint.Finding)) {
		if len(r.alerts) == 0 {
			return
		}
		known := map[string]Place{}
		for _, a := range r.alerts {
			known[a.name] = a.place
		}
		sections := map[string]document.Heading{}
		anchors := map[string]bool{}
		matching := 0
		for _, h := range r.Headings {
			anchors[h.Anchor] = true
			for _, word := range strings.FieldsFunc(h.Text, func(c rune) bool { return c == ' ' || c == ':' || c == '`' || c == '(' || c == ')' || c == ',' }) {
				if alertName.MatchString(word) {
					sections[word] = h
					if _, ok := known[word]; ok {
						matching++
					}
				}
			}
		}
		for _, a := range r.alerts {
			r.link(a, anchors, report)
		}
		// A document about these alerts has sections that are named by them.
		if matching < fewest || matching*2 < len(sections) {
			return
		}
		for _, n := range names(sections) {
			if _, ok := known[n]; !ok && !r.Templates {
				report(lint.Finding{Line: sections[n].Line, Column: 1, Text: fmt.Sprintf("no rule of the repository raises %s; %s", n, places(known)), Proposal: "rename the section, or remove it with its alert"})
			}
		}
		r.withoutSection(known, sections, report)
	},
}

// withoutSection finds alerts of the files that others with a section are from:
// one finding for each file.
func (r *reader) withoutSection(known map[string]Place, sections map[string]document.Heading, report func(lint.Finding)) {
	about := map[string]bool{}
	for n := range sections {
		if at, ok := known[n]; ok {
			about[at.File] = true
		}
	}
	without := map[string][]string{}
	for _, n := range names(known) {
		if _, ok := sections[n]; !ok && about[known[n].File] && !strings.Contains(string(r.Source), n) {
			without[known[n].File] = append(without[known[n].File], fmt.Sprintf("%s (line %d)", n, known[n].Line))
		}
	}
	for _, file := range names(without) {
		report(lint.Finding{Line: 1, Column: 1, Text: fmt.Sprintf("alerts of %s have no section: %s", file, strings.Join(without[file], ", ")), Proposal: "add a section for each, with what it means and what to do"})
	}
}

// link judges a runbook_url that leads to this very document, as its title or
// its headings tell: only the anchor can be wrong.
func (r *reader) link(a alert, anchors map[string]bool, report func(lint.Finding)) {
	u, err := url.Parse(a.runbookURL)
	if a.runbookURL == "" || err != nil || u.Fragment == "" || anchors[strings.ToLower(u.Fragment)] {
		return
	}
	base := strings.TrimSuffix(u.Path[strings.LastIndexByte(u.Path, '/')+1:], ".md")
	if base == "" || document.Anchor(r.Title) != document.Anchor(strings.ReplaceAll(base, "_", "-")) {
		return
	}
	report(lint.Finding{Line: 1, Column: 1, Text: fmt.Sprintf("runbook_url of %s leads to #%s, and there is no such heading (%s)", a.name, u.Fragment, a.place), Proposal: "add the section, or correct the link"})
}
