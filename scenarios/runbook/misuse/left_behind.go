package misuse

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

// debuggers are the pods that kubectl debug makes for nodes.
var debuggers = regexp.MustCompile(`node-debugger|(?i)\bdelete\b.*\bdebug`)

var leftBehind = rule.Rule{
	ID: "left-behind", Title: "a pod for a look around goes away", Severity: lint.Info,
	Why: "the pod stays, and the next who follows the runbook is told that the name is taken",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program == "kubectl" && c.Word(0) == "debug" && strings.HasPrefix(c.Word(1), "node/") && !in.Anywhere(debuggers) {
				report(rule.At(c, "kubectl debug leaves its pod on the node behind", "delete the pod node-debugger-... afterwards"))
			}
			if c.Program == "kubectl" && c.Word(0) == "run" && c.Flag("-i", "--stdin", "-t", "--tty") && !c.Flag("--rm", "--dry-run") && !removed(in, c.Word(1)) {
				report(rule.At(c, "kubectl run leaves its pod behind", "add --rm --restart=Never"))
			}
		}
	},
}

// removed tells whether the document deletes a pod by its name.
func removed(in *rule.Input, name string) bool {
	for _, c := range in.Script.Calls {
		if c.Program == "kubectl" && c.Word(0) == "delete" && (c.Has(name) || c.Has("pod/"+name)) {
			return true
		}
	}
	return false
}
