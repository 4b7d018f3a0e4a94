package purpose

import (
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var cannotShow = rule.Rule{
	ID: "cannot-show", Title: "a command can show what its words ask for", Severity: lint.Warning,
	Why: "nothing is seen, and nothing seen looks like nothing wrong",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if len(c.Via) > 0 && c.Via[0] == "xargs" {
				continue
			}
			list := lacking[c.Program]
			if list == nil {
				continue
			}
			words := in.Purpose(c.Statement)
			for _, l := range list {
				if l.when(c) && l.words.MatchString(words) && (l.unless == nil || !l.unless.MatchString(words)) && !others(in, c) {
					report(rule.At(c, l.text, l.proposal))
					break
				}
			}
		}
	},
}

// lack is something that a command does not show, and the words that ask for it.
type lack struct {
	words, unless  *regexp.Regexp
	when           func(*call) bool
	text, proposal string
}

// others tells whether more commands of the statement, or the one beside it
// under the same words, could show it.
func others(in *rule.Input, c *call) bool {
	s := in.Statements[c.Statement]
	for _, o := range in.Script.Of[c.Statement] {
		if o != c && o.Stage == c.Stage && len(o.Via) == len(c.Via) {
			return true
		}
	}
	for _, j := range []int{c.Statement - 1, c.Statement + 1} {
		if s.Purpose != "" && j >= 0 && j < len(in.Statements) && in.Statements[j].Block == s.Block && in.Statements[j].Purpose == s.Purpose {
			return true
		}
	}
	return false
}
