package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
)

var (
	aboutContacts = regexp.MustCompile(`(?i)^(?:\W|\d)*(?:escalation(?: path| contacts?| policy| matrix| procedure)?|contacts?|contact information|on-?call contacts?|emergency contacts?|key contacts)\W*$`)
	contact       = regexp.MustCompile(`(?i)[@#]\w|\d{3}[-. ]\d{3}|\+\d{6,}|https?://|\bpager ?duty\b|\bops ?genie\b|\bvictorops\b|\bslack\b|\bteams\b|\bphone\b|\be-?mail\b|\bhotline\b|\bon-?call\b|\bticket\b|\bjira\b|\bservicenow\b|\bchannel\b|\bpage\b|\bcall\b|\[[^\]]+\]\(|\broster\b|\bwiki\b|\bconfluence\b|\bcase\b|\bsupport\.|\bgoalert\b|\bzoom\b|\bissue\b|\bincident\.io\b|<[^>]+>|\bTBD\b|\bwhatsapp\b|\bsms\b`)
)

var noContact = rule{
	id: "no-contact", title: "an escalation says how to reach somebody", severity: lint.Warning,
	why: "a role without a number, a channel or a schedule cannot be woken",
	find: func(in *input, report func(finding)) {
		last := strings.Count(string(in.Source), "\n") + 2
		for h, heading := range in.Headings {
			if !aboutContacts.MatchString(heading.Text) {
				continue
			}
			end := last
			for _, next := range in.Headings[h+1:] {
				if next.Level <= heading.Level {
					end = next.Line
					break
				}
			}
			said, reachable, first := 0, false, -1
			for i, s := range in.Statements {
				if s.Line <= heading.Line || s.Line >= end {
					continue
				}
				if s.Kind == document.Row || s.Kind == document.Item || s.Kind == document.Prose || s.Kind == document.Symptom {
					said++
					if first < 0 {
						first = i
					}
				}
				reachable = reachable || s.Kind == document.Link || contact.MatchString(s.Text) || contact.MatchString(strings.Join(s.Header, " ")) || s.Kind == document.Code || s.Kind == document.Output
			}
			if said > 0 && !reachable {
				report(in.on(first, fmt.Sprintf("%q names nobody who can be reached", heading.Text), "write a number, a channel or the schedule beside each role"))
			}
		}
	},
}
