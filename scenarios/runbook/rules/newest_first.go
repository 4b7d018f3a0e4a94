package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	timeSort = regexp.MustCompile(`(?i)timestamp|startTime|\.age`)
	newest   = regexp.MustCompile(`(?i)\b(?:recent\w*|latest|last|newest|new)\b`)
	firstOf  = regexp.MustCompile(`(?i)\b(?:oldest|first|earliest)\b`)
)

var newestFirst = rule.Rule{
	ID: "oldest-first", Title: "the newest are looked for where they are", Severity: lint.Error,
	Why: "kubectl sorts upwards: head shows the oldest and hides what just happened",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "kubectl" && c.Program != "oc" || c.Word(0) != "get" {
				continue
			}
			by, ok := c.Value("--sort-by")
			next := c.Next()
			if !ok || !timeSort.MatchString(by.Text) || next == nil || next.Program != "head" {
				continue
			}
			purpose := in.Purpose(c.Statement)
			events := strings.HasPrefix(c.Word(1), "event") || c.Word(1) == "ev"
			if firstOf.MatchString(purpose) || !events && !newest.MatchString(purpose) {
				continue
			}
			report(rule.At(c, fmt.Sprintf("head shows the oldest %s: --sort-by puts the newest last", c.Word(1)), "use tail in the place of head"))
		}
	},
}
