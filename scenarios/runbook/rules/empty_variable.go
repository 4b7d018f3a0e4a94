package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

// leading is a variable that a path begins with.
var leading = regexp.MustCompile(`^\$(?:\{(\w+)\}|(\w+))/(\*|\.\*)?`)

var emptyVariable = rule.Rule{
	ID: "empty-variable", Title: "rm does not depend on a variable being set", Severity: lint.Error,
	Why: "where the variable is empty, the path begins at the root",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "rm" || !c.Flag("-r", "-R", "--recursive") {
				continue
			}
			for _, a := range c.Args {
				m := leading.FindStringSubmatch(a.Text)
				if m == nil || assigned(in, c.Statement, m[1]+m[2]) {
					continue
				}
				rest := strings.Trim(a.Text[len(m[0]):], "/*")
				if m[3] == "" && rest != "" && strings.Count(rest, "/") > 0 {
					continue // a deep path: without the variable it is not there
				}
				name := m[1] + m[2]
				report(rule.At(c, fmt.Sprintf("rm -r %s deletes from the root where %s is empty", a.Text, name), fmt.Sprintf("write ${%s:?}", name)))
			}
		}
	},
}

// assigned tells whether the same block gives a variable a value before a
// statement, or tests it.
func assigned(in *rule.Input, i int, name string) bool {
	if name == "HOME" || name == "PWD" || name == "TMPDIR" {
		return true
	}
	set := regexp.MustCompile(`(?:^|[\s;&|(])(?:export\s+|local\s+|readonly\s+)?` + regexp.QuoteMeta(name) + `=["']?[^\s"';]|for\s+` + regexp.QuoteMeta(name) + `\s+in|\$\{` + regexp.QuoteMeta(name) + `:\?`)
	block := in.Statements[i].Block
	for j := i; j >= 0 && i-j < 60; j-- {
		if in.Statements[j].Block == block && strings.Contains(in.Statements[j].Text, name) && set.MatchString(in.Statements[j].Text) {
			return true
		}
	}
	return false
}
