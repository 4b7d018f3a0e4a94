package rules

import (
	"fmt"
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
)

var systemPath = regexp.MustCompile(`^>{1,2}(/(?:etc|proc|sys|usr|boot|root)/\S*)`)

var redirectAsRoot = rule{
	id: "sudo-redirect", title: "what sudo runs can write where it should", severity: lint.Error,
	why: "the shell opens the file as you, before sudo runs: permission denied",
	find: func(in *input, report func(finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "sudo" || len(c.Via) > 0 || c.Has("su", "-s", "-i") {
				continue
			}
			for _, r := range c.Redirects {
				if m := systemPath.FindStringSubmatch(r); m != nil {
					report(at(c, fmt.Sprintf("sudo does not cover the redirection to %s", m[1]), fmt.Sprintf("pipe it into: sudo tee %s", m[1])))
				}
			}
		}
	},
}
