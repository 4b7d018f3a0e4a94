package rules

import (
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
)

var logsOfLabel = rule{
	id: "logs-of-label", title: "the log of a label is the whole log", severity: lint.Warning,
	why: "with a label kubectl logs prints the last 10 lines of each pod unless --tail is given, even with --since",
	find: func(in *input, report func(finding)) {
		for _, c := range in.Script.Calls {
			if c.Program == "kubectl" && c.Word(0) == "logs" && c.Flag("-l", "--selector") && !c.Flag("--tail") && !c.Flag("-f", "--follow") && !fewLines.MatchString(in.purpose(c.Statement)) {
				report(at(c, "kubectl logs with a label prints ten lines of each pod", "add --tail=-1, or the number of lines"))
			}
		}
	},
}

var fewLines = regexp.MustCompile(`(?i)\b(?:last|few|ten|10) lines\b`)
