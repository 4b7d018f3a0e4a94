package rules

import (
	"fmt"
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
)

// ofRelease are the commands of helm that need the name of a release.
var ofRelease = map[string]int{"history": 1, "status": 1, "rollback": 1, "uninstall": 1, "upgrade": 2, "install": 1}

var numbered = regexp.MustCompile(`(?i)\brevision\b|\bfirst\b|\binitial\b|\bversion 1\b`)

var helmRelease = rule{
	id: "helm-release", title: "helm is told which release, and which revision of it", severity: lint.Error,
	why: "without a release helm refuses the command; revision 1 is the oldest one there is",
	find: func(in *input, report func(finding)) {
		for _, c := range in.Script.Calls {
			words := c.HelmWords()
			if c.Program != "helm" || len(words) == 0 || words[0].Open || c.Through("xargs") || unfinished(c) || c.Flag("-h", "--help", "--generate-name", "-g") {
				continue
			}
			need, known := ofRelease[words[0].Text]
			switch {
			case !known:
			case len(words)-1 < need:
				report(at(c, fmt.Sprintf("helm %s lacks the name of the release", words[0].Text), "write the name of the release (helm list)"))
			case words[0].Text == "rollback" && len(words) > 2 && words[2].Text == "1" && !in.mentions(c.Statement, numbered):
				f := at(c, "revision 1 is the first release that was ever made, not the one before", "leave the revision out for the one before, or look it up with helm history")
				f.severity = lint.Warning
				report(f)
			}
		}
	},
}
