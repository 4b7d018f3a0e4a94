package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
)

var (
	timeSort = regexp.MustCompile(`(?i)timestamp|startTime|\.age`)
	newest   = regexp.MustCompile(`(?i)\b(?:recent\w*|latest|last|newest|new)\b`)
	firstOf  = regexp.MustCompile(`(?i)\b(?:oldest|first|earliest)\b`)
)

var newestFirst = rule{
	id: "oldest-first", title: "the newest are looked for where they are", severity: lint.Error,
	why: "kubectl sorts upwards: head shows the oldest and hides what just happened",
	find: func(in *input, report func(finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "kubectl" && c.Program != "oc" || c.Word(0) != "get" {
				continue
			}
			by, ok := c.Value("--sort-by")
			next := c.Next()
			if !ok || !timeSort.MatchString(by.Text) || next == nil || next.Program != "head" {
				continue
			}
			purpose := in.purpose(c.Statement)
			events := strings.HasPrefix(c.Word(1), "event") || c.Word(1) == "ev"
			if firstOf.MatchString(purpose) || !events && !newest.MatchString(purpose) {
				continue
			}
			report(at(c, fmt.Sprintf("head shows the oldest %s: --sort-by puts the newest last", c.Word(1)), "use tail in the place of head"))
		}
	},
}
