package misuse

import (
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var drainRefused = rule.Rule{
	ID: "drain-refused", Title: "a drain gets through", Severity: lint.Warning,
	Why: "kubectl refuses to drain a node with pods of a DaemonSet, which nearly every node has, unless it is told to leave them",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if (c.Program == "kubectl" || c.Program == "oc") && (c.Word(0) == "drain" || c.Word(0) == "adm" && c.Word(1) == "drain") && !c.Flag("--ignore-daemonsets", "--dry-run", "--pod-selector") && len(c.Args) > 1 {
				report(rule.At(c, "the drain stops at the first pod of a DaemonSet", "add --ignore-daemonsets, and --delete-emptydir-data where pods have such volumes"))
			}
		}
	},
}
