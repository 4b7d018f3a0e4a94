package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

// variables in capital letters: others may be meant for another language.
var capitals = regexp.MustCompile(`\$\{?([A-Z][A-Z0-9_]{2,})\}?`)

// positional is awk's field as a shell expands it.
var positional = regexp.MustCompile(`\$[1-9]`)

var quotingOfVariables = rule.Rule{
	ID: "quoting", Title: "quotes fit what stands in them", Severity: lint.Error,
	Why: "single quotes keep the shell from filling in a variable, double quotes let it empty a field of awk",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.All() {
			switch {
			case c.Program == "curl":
				for i, a := range c.Args {
					if i == 0 || !a.Single || !bodies[c.Args[i-1].Text] {
						continue
					}
					if m := capitals.FindStringSubmatch(a.Text); m != nil {
						report(rule.At(c, fmt.Sprintf("$%s stands in single quotes: curl sends its name, not its value", m[1]), "use double quotes around it"))
					}
				}
			case c.Program == "psql" && !c.Through("kubectl exec") && !c.Through("ssh") && !c.Through("sh -c") && !c.Through("docker exec"):
				for i, a := range c.Args {
					if i > 0 && a.Single && c.Args[i-1].Text == "-c" {
						if m := capitals.FindStringSubmatch(a.Text); m != nil {
							report(rule.At(c, fmt.Sprintf("$%s stands in single quotes: the database gets its name, not its value", m[1]), "use double quotes around the query, or psql -v"))
						}
					}
				}
			case c.Program == "awk" || c.Program == "gawk":
				for _, a := range c.Args {
					if a.Open && a.Quoted && strings.Contains(a.Text, "{") && strings.Contains(a.Text, "print") && positional.MatchString(a.Text) && !c.Through("sh -c") && !c.Through("ssh") {
						report(rule.At(c, "in double quotes the shell replaces "+positional.FindString(a.Text)+" before awk sees it", "use single quotes around the program of awk"))
					}
				}
			}
		}
	},
}
