package misuse

import (
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// passing are filters that keep whole rows.
var passing = map[string]bool{"grep": true, "egrep": true, "head": true, "tail": true, "sort": true, "uniq": true}

var rowsAsNames = rule.Rule{
	ID: "rows-as-names", Title: "a command gets names, not rows of a table", Severity: lint.Error,
	Why: "every word of the table is taken for a name: status, age and heading too",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if !printsTable(c) {
				continue
			}
			n := c.Next()
			for n != nil && passing[n.Program] && !n.Flag("-o", "--only-matching", "-c") {
				n = n.Next()
			}
			if n == nil || n.Program != "xargs" || n.Flag("-I", "-i", "-L") || len(n.Args) > 0 && strings.HasPrefix(n.Args[0].Text, "-I") {
				continue
			}
			if to := handedOn(in, n); to != nil && (to.Program == c.Program || to.Program == "kill") {
				report(rule.At(n, fmt.Sprintf("%s gets whole rows of %s, not names", to.Brief(), c.Brief()), namesOnly(c)))
			}
		}
	},
}

func namesOnly(c *script.Call) string {
	switch c.Program {
	case "docker":
		return "use docker ps -q"
	case "ps":
		return "use pgrep, or awk '{print $2}' in front of xargs"
	}
	return "use -o name, and pass the namespace on"
}

// printsTable tells whether a command prints a table with several columns.
func printsTable(c *script.Call) bool {
	switch c.Program {
	case "kubectl", "oc":
		w, ok := c.Value("-o", "--output")
		for _, a := range c.Args {
			ok = ok || strings.HasPrefix(a.Text, "-o") || strings.HasPrefix(a.Text, "--template")
		}
		return c.Word(0) == "get" && (!ok || w.Text == "wide")
	case "docker":
		return (c.Word(0) == "ps" || c.Word(0) == "images") && !c.Flag("-q", "--quiet", "--format")
	case "ps":
		return len(c.Args) > 0 && !c.Flag("-o") && !strings.Contains(c.String(), " -o") && !strings.Contains(c.String(), "-eo")
	}
	return false
}
