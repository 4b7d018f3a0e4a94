package misuse

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var unexpanded = regexp.MustCompile(`^\$[({A-Za-z_]`)

var literalCondition = rule.Rule{
	ID: "literal-condition", Title: "a condition looks at a value", Severity: lint.Error,
	Why: "single quotes keep the shell from filling in what stands in them: the condition is decided before anything is looked at",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "[" && c.Program != "test" {
				continue
			}
			for _, a := range c.Args {
				if a.Single && unexpanded.MatchString(a.Text) {
					what := "never changes"
					if c.Has("-z") {
						what = "is never true"
					} else if c.Has("-n") {
						what = "is always true"
					}
					report(rule.At(c, "the condition "+what+": "+shortened(a.Text)+" stands in single quotes", "use double quotes"))
					break
				}
			}
		}
	},
}

func shortened(text string) string {
	const limit = 30
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > limit {
		return string(r[:limit]) + "..."
	}
	return text
}
