package lint

import (
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

var staleFact = Rule{
	ID: "stale", Title: "facts are those that were proven", Severity: Error,
	Why: "the suite proves the old fact; of the new one nobody knows whether it is true",
	Find: func(in Input, report func(Finding)) {
		for _, b := range bindings(in, binding.Stale) {
			f := at(in.Document.Statements[b.Statement], fmt.Sprintf("%s stands on %q, the runbook now says %q", b.Claim.ID, b.Old, b.New),
				fmt.Sprintf("write %q again, or change the claim, its scenario and its counter-example too", b.Old))
			f.Claim = b.Claim.ID
			report(f)
		}
	},
}

var twoCandidates = Rule{
	ID: "ambiguous", Title: "a claim means one statement", Severity: Warning,
	Why: "the claim is bound to neither: a verdict would stand at the wrong line",
	Find: func(in Input, report func(Finding)) {
		for _, b := range bindings(in, binding.Ambiguous) {
			var lines []string
			for _, i := range b.Candidates {
				lines = append(lines, fmt.Sprint(in.Document.Statements[i].Line))
			}
			f := at(in.Document.Statements[b.Candidates[0]], fmt.Sprintf("%s could mean any of the lines %s", b.Claim.ID, strings.Join(lines, ", ")),
				"say it once, or say in which way the others differ")
			f.Claim = b.Claim.ID
			report(f)
		}
	},
}

var goneClaim = Rule{
	ID: "gone", Title: "what is proven is written down", Severity: Info,
	Why: "the suite proves it, and whoever is on call cannot know it",
	Find: func(in Input, report func(Finding)) {
		for _, b := range bindings(in, binding.Gone) {
			proposal := "say that " + b.Claim.Text
			if len(b.Claim.Forms) > 0 {
				proposal = "print the command: " + b.Claim.Forms[len(b.Claim.Forms)-1]
			}
			report(Finding{
				Line: lineOf(in.Document, b.Claim.Section), Column: 1, Claim: b.Claim.ID,
				Text: fmt.Sprintf("nothing in %q says that %s (%s)", b.Claim.Section, b.Claim.Text, b.Claim.ID), Proposal: proposal,
			})
		}
	},
}

var unclaimed = Rule{
	ID: "unclaimed", Title: "every statement has a claim or a reason", Severity: Info,
	Why: "nobody has asked whether it is true",
	Find: func(in Input, report func(Finding)) {
		if in.Binding == nil || in.Binding.Foreign != "" {
			return
		}
		var f *Finding
		n := 0
		for _, i := range in.Binding.Unclaimed() {
			s := in.Document.Statements[i]
			if in.Excuse != nil && in.Excuse(s, nil) != "" {
				continue
			}
			if n++; f == nil {
				one := at(s, "", "add a claim, or say behind it why it cannot be tested: <!-- untestable: reason -->")
				one.Text = fmt.Sprintf("no claim is bound to this %s: %s", s.Kind, short(s.Text))
				f = &one
			}
			f.Others = append(f.Others, s.Line)
		}
		if f == nil {
			return
		}
		if n > 1 {
			f.Text = fmt.Sprintf("no claim is bound to %d statements; the first is this %s", n, strings.TrimPrefix(f.Text, "no claim is bound to this "))
		}
		report(*f)
	},
}

func bindings(in Input, state binding.State) []binding.Binding {
	if in.Binding == nil || in.Binding.Foreign != "" {
		return nil
	}
	return in.Binding.In(state)
}

// lineOf is the line of the heading of a section, or the first.
func lineOf(d *document.Document, section string) int {
	for _, h := range d.Headings {
		if strings.Contains(document.Normal(h.Text), document.Normal(section)) {
			return h.Line
		}
	}
	return 1
}

func short(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > 80 {
		return string(runes[:79]) + "…"
	}
	return text
}
