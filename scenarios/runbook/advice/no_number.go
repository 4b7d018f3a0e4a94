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
	decides  = regexp.MustCompile(`(?i)^\W*(?:alert )?(?:threshold|trigger|condition|alert condition|fires when|triggered (?:when|by)|when to (?:scale|escalate|use)|escalate (?:if|when))\b\s*:?\W*\s*(.*)$`)
	relative = regexp.MustCompile(`(?i)\b(high|low|slow|elevated|excessive|increased|many|too (?:much|many|long|high|low)|significant\w*|unusual\w*|abnormal\w*|large)\b`)
)

var noNumber = rule.Rule{
	ID: "no-number", Title: "a threshold has a number", Severity: lint.Info,
	Why: "two people on call draw the line in two places",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for i, s := range in.Statements {
			if s.Kind != document.Item && s.Kind != document.Prose && s.Kind != document.Symptom || len(s.Text) > 160 || strings.ContainsAny(s.Text, "0123456789`%<>") || strings.Contains(in.Line(s.Line), "`") {
				continue
			}
			m := decides.FindStringSubmatch(s.Text)
			if m == nil {
				continue
			}
			if r := relative.FindStringSubmatch(m[1]); r != nil && !leadsToCode(in, i) {
				report(in.On(i, fmt.Sprintf("%q is no threshold: from which number on is it %s?", brief(m[1]), strings.ToLower(r[1])), "write the metric and the number"))
			}
		}
	},
}
