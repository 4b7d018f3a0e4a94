package advice

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	perSecond = regexp.MustCompile(`(?i)\b(?:rate|irate)\([^()/]*(?:err|fail|5\.\.|5xx|status|code)[^()/]*\[[^\]]+\]\s*\)\s*\)?\s*[><]=?\s*0?\.\d+`)
	percent   = regexp.MustCompile(`\d\s?%|(?i)\bpercent`)
	divides   = regexp.MustCompile(`^\s*/|/\s*$|\)\s*/\s*|/\s*(?:sum|rate|clamp)`)
	nextAlert = regexp.MustCompile(`^\s*(?:- )?alert:`)
)

// said is how many lines behind an expression say what it means.
const said = 8

var errorRatio = rule.Rule{
	ID: "error-ratio", Title: "a share is divided by the whole", Severity: lint.Error,
	Why: "rate counts per second: the alert fires by traffic, not by the share of requests that fail",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		lines := strings.Split(string(in.Source), "\n")
		for i, l := range lines {
			if !strings.Contains(l, "rate(") || !perSecond.MatchString(l) || divides.MatchString(l) || i > 0 && divides.MatchString(lines[i-1]) {
				continue
			}
			share := percent.MatchString(l)
			for j := i + 1; j < len(lines) && j < i+said && !share && !nextAlert.MatchString(lines[j]); j++ {
				share = percent.MatchString(lines[j])
			}
			if share {
				report(rule.Finding{Line: i + 1, Column: perSecond.FindStringIndex(l)[0] + 1, Statement: -1, Text: "this is failures per second, and the words beside it say percent", Proposal: "divide it by the rate of all requests"})
			}
		}
	},
}
