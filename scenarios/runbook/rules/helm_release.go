package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// ofRelease are the commands of helm that need the name of a release.
var ofRelease = map[string]int{"history": 1, "status": 1, "rollback": 1, "uninstall": 1, "upgrade": 2, "install": 1}

var helmValued = map[string]bool{
	"-n": true, "--namespace": true, "-f": true, "--values": true, "--set": true, "--set-string": true, "--set-file": true, "--version": true, "--timeout": true, "--kube-context": true,
	"--kubeconfig": true, "-o": true, "--output": true, "--max": true, "--revision": true, "--description": true, "--repo": true, "--history-max": true, "--set-json": true, "--post-renderer": true,
}

var numbered = regexp.MustCompile(`(?i)\brevision\b|\bfirst\b|\binitial\b|\bversion 1\b`)

var helmRelease = rule{
	id: "helm-release", title: "helm is told which release, and which revision of it", severity: lint.Error,
	why: "without a release helm refuses the command; revision 1 is the oldest one there is",
	find: func(in *input, report func(finding)) {
		for _, c := range in.Script.Calls {
			words := helmWords(c)
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

// helmWords are the words of a helm command that are neither options nor their values.
func helmWords(c *script.Call) []script.Word {
	var list []script.Word
	for i := 0; i < len(c.Args); i++ {
		switch text := c.Args[i].Text; {
		case helmValued[text]:
			i++
		case strings.HasPrefix(text, "-"):
		default:
			list = append(list, c.Args[i])
		}
	}
	return list
}
