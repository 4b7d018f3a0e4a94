package rules

import (
	"fmt"
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var systemPath = regexp.MustCompile(`^>{1,2}(/(?:etc|proc|sys|usr|boot|root)/\S*)`)

var redirectAsRoot = rule.Rule{
	ID: "sudo-redirect", Title: "what sudo runs can write where it should", Severity: lint.Error,
	Why: "the shell opens the file as you, before sudo runs: permission denied",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "sudo" || len(c.Via) > 0 || c.Has("su", "-s", "-i") {
				continue
			}
			for _, r := range c.Redirects {
				if m := systemPath.FindStringSubmatch(r); m != nil {
					report(rule.At(c, fmt.Sprintf("sudo does not cover the redirection to %s", m[1]), fmt.Sprintf("pipe it into: sudo tee %s", m[1])))
				}
			}
		}
	},
}
