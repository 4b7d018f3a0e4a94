package misuse

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var replicated = regexp.MustCompile(`^(?:deploy|deployments?|rs|replicasets?|svc|services?)(?:\.apps)?/`)

var logOfOnePod = rule.Rule{
	ID: "log-of-one-pod", Title: "a search looks into the logs of all replicas", Severity: lint.Info,
	Why: "kubectl logs of a deployment reads one of its pods: an error that another one has is not found",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			next := c.Next()
			if c.Program != "kubectl" && c.Program != "oc" || c.Word(0) != "logs" || c.Flag("--all-pods", "-f", "--follow") || next == nil || !filters[next.Program] {
				continue
			}
			if name := c.Word(1); replicated.MatchString(name) {
				report(rule.At(c, fmt.Sprintf("the search reads one pod of %s", strings.ReplaceAll(name, "\n", " ")), "select by label, with --tail=-1 --prefix, or add --all-pods"))
			}
		}
	},
}
