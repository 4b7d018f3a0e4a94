package rules

import (
	"fmt"
	"regexp"
	"sort"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	aboutContacts = regexp.MustCompile(`(?i)^(?:\W|\d)*(?:escalation(?: paths?| contacts?| policy| matrix| chain| levels?| procedures?)?|contacts?|contact information|on-?call contacts?|emergency contacts?|key contacts)\W*$`)
	contact       = regexp.MustCompile("(?i)(?:^|[\\s(`])[@#][a-z]|\\w@\\w|\\d{3}[-. ]\\d{3}|\\+\\d{6,}|https?://|\\bpager ?duty\\b|\\bops ?genie\\b|\\bvictorops\\b|\\bslack\\b|\\bteams\\b|\\bphone\\b|\\be-?mail\\b|\\bhotline\\b|\\bschedule\\b|\\brota\\b|\\broster\\b|\\bon-?call (?:list|rotation|tool|channel)\\b|\\bpage the\\b|\\btickets?\\b|\\bjira\\b|\\bservicenow\\b|\\bchannel\\b|\\]\\(|\\bwiki\\b|\\bconfluence\\b|\\bsupport (?:case|portal)\\b|\\bgoalert\\b|\\bzoom\\b|\\bincident\\.io\\b|<[^>]+>|\\bTBD\\b|\\bwhatsapp\\b|\\bsms\\b|\\[[A-Z]")
)

// form is a line of a message that is to be filled in.
var form = regexp.MustCompile(`\[[A-Za-z][^\]]*\]|\[?X{1,3}[\]%]|^[\w ]+:$|^(?:\W* )?[A-Z]{3,}(?: [A-Z]\w+)*:`)

// supportCase is a way to a vendor's support, wherever it is told.
var supportCase = regexp.MustCompile(`(?i)\b(?:open|file|raise|create) an? (?:support )?\s?(?:case|ticket)\b|\bsupport\s+case\b`)

var noContact = rule.Rule{
	ID: "no-contact", Title: "an escalation says how to reach somebody", Severity: lint.Warning,
	Why: "a role without a number, a channel or a schedule cannot be woken",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		last := strings.Count(string(in.Source), "\n") + 2
		var list []rule.Finding
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
			first, reachable := contacts(in, heading.Line, end)
			switch {
			case reachable:
				return // whoever looks for a contact finds it there
			case first >= 0:
				list = append(list, in.On(first, fmt.Sprintf("%q names nobody who can be reached", heading.Text), "write a number, a channel or the schedule beside each role"))
			}
		}
		if len(list) > 0 && supportCase.Match(in.Source) {
			return
		}
		for _, f := range list {
			report(f)
		}
	},
}

// contacts are the statements between two lines: the first of them, or -1, and
// whether one says how to reach somebody.
func contacts(in *rule.Input, from, to int) (first int, reachable bool) {
	first = -1
	begin := sort.Search(len(in.Statements), func(i int) bool { return in.Statements[i].Line > from })
	for i := begin; i < len(in.Statements) && in.Statements[i].Line < to; i++ {
		s := in.Statements[i]
		switch s.Kind {
		case document.Row, document.Item, document.Prose, document.Symptom:
			if first < 0 {
				first = i
			}
		case document.Link:
			return first, true
		case document.Code, document.Output:
			if !form.MatchString(s.Text) {
				return first, true
			}
			continue
		}
		if contact.MatchString(s.Text) || contact.MatchString(strings.Join(s.Header, " ")) {
			return first, true
		}
	}
	return first, false
}
