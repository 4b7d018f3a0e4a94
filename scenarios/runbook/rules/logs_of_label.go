package rules

import "regexp"

var logsOfLabel = Rule{
	ID: "logs-of-label", Title: "the log of a label is the whole log", Weight: Warning,
	Why: "with a label kubectl logs prints the last 10 lines of each pod unless --tail is given, even with --since",
	find: func(in *Input, report func(Finding)) {
		var all once
		for _, c := range in.Script.Calls {
			if c.Program == "kubectl" && c.Word(0) == "logs" && c.Flag("-l", "--selector") && !c.Flag("--tail") && !c.Flag("-f", "--follow") && !fewLines.MatchString(in.purpose(c.Statement)) {
				all.add(at(c, "kubectl logs with a label prints ten lines of each pod", "add --tail=-1, or the number of lines"))
			}
		}
		all.report(report)
	},
}

var fewLines = regexp.MustCompile(`(?i)\b(?:last|few|ten|10) lines\b`)
