package misuse

import (
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var redirectToMany = rule.Rule{
	ID: "redirect-to-many", Title: "an output goes into one file", Severity: lint.Error,
	Why: "bash refuses a redirection that matches several files as ambiguous, sh makes a file with an asterisk in its name",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			for _, r := range c.Redirects {
				if strings.HasPrefix(r, ">") && strings.Contains(r, "*") && strings.Contains(r, "/") && !strings.ContainsAny(r, "'\"") {
					report(rule.At(c, "the output is redirected to "+strings.TrimLeft(r, ">"), "empty them with truncate -s 0, or write a loop over the files"))
					break
				}
			}
		}
	},
}
