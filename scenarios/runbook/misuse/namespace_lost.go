package misuse

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var (
	// unscoped are kinds that have no namespace.
	unscoped   = regexp.MustCompile(`(?i)^(?:no|nodes?|pv|persistentvolumes?|ns|namespaces?|crds?|customresourcedefinitions?|storageclass\w*|sc|csr|certificatesigningrequests?|clusterroles?|clusterrolebindings?|apiservices?)\b`)
	firstField = regexp.MustCompile(`^\{ ?print \$1;? ?\}$`)
)

var namespaceLost = rule.Rule{
	ID: "namespace-lost", Title: "a name keeps its namespace", Severity: lint.Error,
	Why: "the names are looked for in the namespace that the shell points at: they are not found, or others of the same name are met",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "kubectl" && c.Program != "oc" || c.Word(0) != "get" || !c.Flag("-A", "--all-namespaces") || unscoped.MatchString(c.Word(1)) {
				continue
			}
			names, _ := c.Value("-o", "--output")
			first := c.Next()
			for n := first; n != nil; n = n.Next() {
				if n.Program != "xargs" {
					continue
				}
				to := handedOn(in, n)
				if to == nil || to.Program != c.Program || to.Flag("-n", "--namespace") || strings.Contains(n.String(), "{") && strings.Contains(n.String(), "-n") {
					break
				}
				switch {
				case names.Text == "name":
					report(rule.At(c, "-o name prints no namespace, and "+to.Program+" "+to.Word(0)+" is told none", "print the namespace too, and pass it on with -n"))
				case names.Text == "" && first.Program == "awk" && len(first.Words()) > 0 && firstField.MatchString(first.Words()[0].Text):
					report(rule.At(c, "with -A the first column is the namespace, not the name", "print $1 and $2, and pass the first on with -n"))
				}
				break
			}
		}
	},
}

// handedOn is the command that xargs runs, or nil.
func handedOn(in *rule.Input, xargs *script.Call) *script.Call {
	for _, c := range in.Script.Of[xargs.Statement] {
		if c != xargs && c.Through("xargs") && c.Stage == xargs.Stage && c.Line == xargs.Line {
			return c
		}
	}
	return nil
}
