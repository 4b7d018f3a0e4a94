package advice

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	somebody  = regexp.MustCompile(`(?i)\b(?:escalat(?:e|ing) (?:\w+ ){0,2}?to|contact|page|notify|engage|involve|reach out to|call)\s+(?:the |your |an? )?((?:[\w/&-]+ ){0,2}(?:team|lead|engineer|manager|dba|dbas|on-?call|sre|devops|admins?|administrators?|support|owner))\b`)
	howToCall = regexp.MustCompile("(?i)(?:^|[\\s(`*|])[@#][a-z][\\w-]+|\\w@\\w|\\+?\\d{3}[-. ]\\d{3,4}|pager ?duty|ops ?genie|victorops|\\bslack\\b|\\bteams\\b|\\bphone\\b|\\brota\\b|\\bon-?call (?:schedule|list|rotation|tool|channel)\\b|\\bschedule\\b|\\broster\\b|\\bticket|\\bjira\\b|servicenow|\\bwiki\\b|confluence|\\b(?:support )?case\\b|incident\\.io|\\bportal\\b|\\bchannel\\b|\\bcontacts?\\b.*\\]\\(|\\bescalation\\b.*\\]\\(|\\bcontact information\\b")
)

var escalateNobody = rule.Rule{
	ID: "escalate-nobody", Title: "who is to be called can be reached", Severity: lint.Warning,
	Why: "at night nobody knows who that is, and how to wake them",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		first, who := -1, ""
		for i, s := range in.Statements {
			if howToCall.MatchString(s.Text) {
				return
			}
			switch s.Kind {
			case document.Prose, document.Item, document.Symptom, document.Row:
				if m := somebody.FindStringSubmatch(s.Text); m != nil && first < 0 {
					first, who = i, m[1]
				}
			}
		}
		for _, h := range in.Headings {
			if contactHeading.MatchString(h.Text) && !criteria.MatchString(h.Text) {
				return // what stands there is judged by another rule
			}
		}
		if first < 0 {
			label(in, report)
		} else {
			report(in.On(first, fmt.Sprintf("%q is to be called, and no number, channel or schedule is named anywhere", who), "write how to reach them, or where that can be looked up"))
		}
	},
}

// label finds who is to be called where that stands over a list of cases.
func label(in *rule.Input, report func(rule.Finding)) {
	number := 0
	for l := range strings.Lines(string(in.Source)) {
		number++
		if !strings.HasSuffix(strings.TrimRight(l, "* \n"), ":") || !strings.Contains(l, "scalate") || len(l) > 200 {
			continue
		}
		if m := somebody.FindStringSubmatch(l); m != nil {
			report(rule.Finding{Line: number, Column: 1, Statement: -1, Text: fmt.Sprintf("%q is to be called, and no number, channel or schedule is named anywhere", m[1]), Proposal: "write how to reach them, or where that can be looked up"})
			return
		}
	}
}

// criteria are headings over when to call somebody, not over whom.
var criteria = regexp.MustCompile(`(?i)\b(?:criteria|triggers?|when to|conditions?|points?)\b`)

var contactHeading = regexp.MustCompile(`(?i)\b(?:contacts?|escalation)\b`)
