package rules

import (
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var logsOfLabel = rule.Rule{
	ID: "logs-of-label", Title: "the log of a label is the whole log", Severity: lint.Warning,
	Why: "with a label kubectl logs prints the last 10 lines of each pod unless --tail is given, even with --since",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program == "kubectl" && c.Word(0) == "logs" && c.Flag("-l", "--selector") && !c.Flag("--tail") && !c.Flag("-f", "--follow") && !fewLines.MatchString(in.Purpose(c.Statement)) {
				report(rule.At(c, "kubectl logs with a label prints ten lines of each pod", "add --tail=-1, or the number of lines"))
			}
		}
	},
}

var fewLines = regexp.MustCompile(`(?i)\b(?:last|few|ten|10) lines\b`)
