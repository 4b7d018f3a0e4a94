package misuse

import (
	"fmt"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var watchPiped = rule.Rule{
	ID: "watch-piped", Title: "what watch repeats stands in quotes", Severity: lint.Error,
	Why: "the shell takes the pipe for its own: the filter gets the screen that watch draws, and shows nothing",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program == "watch" && c.Next() != nil && len(c.Via) == 0 {
				report(rule.At(c, fmt.Sprintf("the pipe to %s is not part of what watch repeats", c.Next().Program), "put the whole pipeline in quotes behind watch"))
			}
		}
	},
}
