package rules

import (
	"fmt"
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

// changing are commands that fail, or do something else, without a name.
var changing = regexp.MustCompile(`^(?:redis-cli\b.*\b(?i:del|unlink|expire|persist)\b|(?:kubectl|oc)\b.*\b(?:delete|cordon|drain|label|annotate|patch)\b|docker\b.*\b(?:rm|rmi|stop|kill|restart|start)\b|kill\b|aws\b.*\b(?:delete|terminate)\S*)`)

var xargsEmpty = rule.Rule{
	ID: "xargs-empty", Title: "xargs is told to do nothing with nothing", Severity: lint.Warning,
	Why: "xargs runs its command once even where there is nothing to pass to it",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "xargs" || c.Stage == 0 || c.Flag("-r", "--no-run-if-empty", "-I", "-i", "-J") || c.Has("-I{}", "-i{}", "-I%") {
				continue
			}
			for _, inner := range in.Script.Of[c.Statement] {
				if inner.Through("xargs") && inner.Line == c.Line && inner.Stage == c.Stage && changing.MatchString(inner.String()) {
					report(rule.At(c, fmt.Sprintf("where nothing matches, xargs still runs %q, without a name", inner.Brief()), "add -r"))
					break
				}
			}
		}
	},
}
