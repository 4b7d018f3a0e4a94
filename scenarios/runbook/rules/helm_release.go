package rules

import (
	"fmt"
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

// ofRelease are the commands of helm that need the name of a release.
var ofRelease = map[string]int{"history": 1, "status": 1, "rollback": 1, "uninstall": 1, "upgrade": 2, "install": 1}

var numbered = regexp.MustCompile(`(?i)\brevision\b|\bfirst\b|\binitial\b|\bversion 1\b`)

var helmRelease = rule.Rule{
	ID: "helm-release", Title: "helm is told which release, and which revision of it", Severity: lint.Error,
	Why: "without a release helm refuses the command; revision 1 is the oldest one there is",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			words := c.HelmWords()
			if c.Program != "helm" || len(words) == 0 || words[0].Open || c.Through("xargs") || unfinished(c) || c.Flag("-h", "--help", "--generate-name", "-g") {
				continue
			}
			need, known := ofRelease[words[0].Text]
			switch {
			case !known:
			case len(words)-1 < need:
				report(rule.At(c, fmt.Sprintf("helm %s lacks the name of the release", words[0].Text), "write the name of the release (helm list)"))
			case words[0].Text == "rollback" && len(words) > 2 && words[2].Text == "1" && !in.Mentions(c.Statement, numbered):
				f := rule.At(c, "revision 1 is the first release that was ever made, not the one before", "leave the revision out for the one before, or look it up with helm history")
				f.Severity = lint.Warning
				report(f)
			}
		}
	},
}
