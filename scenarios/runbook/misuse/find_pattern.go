package misuse

import (
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var findPattern = rule.Rule{
	ID: "find-pattern", Title: "find gets the pattern, not what it matches here", Severity: lint.Warning,
	Why: "where the working directory has a matching file, the shell puts its name in the place of the pattern: find fails, or finds that one alone",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.All() {
			if c.Program != "find" || in.Statements[c.Statement].Kind == document.Code {
				continue
			}
			for i, a := range c.Args {
				if i == 0 || a.Quoted || a.Open || !strings.HasSuffix(c.Args[i-1].Text, "name") || !strings.HasPrefix(c.Args[i-1].Text, "-") || !strings.ContainsAny(a.Text, "*?[") || strings.Contains(in.Line(c.Line), `\`+a.Text[strings.IndexAny(a.Text, "*?["):]) {
					continue
				}
				report(rule.At(c, "the shell may replace "+a.Text+" before find sees it", "put it in quotes"))
				break
			}
		}
	},
}
