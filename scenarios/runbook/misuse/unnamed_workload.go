package misuse

import (
	"fmt"
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var workloadKind = regexp.MustCompile(`^(?:deploy|deployments?|sts|statefulsets?|ds|daemonsets?)$`)

var unnamedWorkload = rule.Rule{
	ID: "unnamed-workload", Title: "a workload is named", Severity: lint.Warning,
	Why: "without a name kubectl takes every workload of the kind in the namespace",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "kubectl" && c.Program != "oc" || c.Flag("-l", "--selector", "-f", "--filename", "--all") {
				continue
			}
			words := c.Words()
			if len(words) == 3 && words[0].Text == "rollout" && words[1].Text == "restart" && workloadKind.MatchString(words[2].Text) {
				report(rule.At(c, fmt.Sprintf("this restarts every %s of the namespace at once", singular(words[2].Text)), "name the one that is meant, or say that all are"))
			}
		}
	},
}

func singular(kind string) string {
	switch kind[0] {
	case 's':
		return "StatefulSet"
	case 'd':
		if kind[1] == 's' || kind[1] == 'a' {
			return "DaemonSet"
		}
	}
	return "Deployment"
}
