package misuse

import (
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var testedTooLate = rule.Rule{
	ID: "tested-too-late", Title: "a configuration is tested before the server reads it", Severity: lint.Warning,
	Why: "a restart with a mistake in the configuration takes down a server that still worked; the test behind it only says why",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		block, reload := -1, -1
		testedFirst := false
		for i, c := range in.Script.Calls {
			at := in.Statements[c.Statement].Block
			if at < 0 {
				continue
			}
			if at != block {
				block, reload, testedFirst = at, -1, false
			}
			switch {
			case c.Program == "nginx" && c.Flag("-t", "-T"):
				if reload >= 0 && !testedFirst {
					report(rule.At(in.Script.Calls[reload], "nginx reads the configuration here, and it is tested below", "run nginx -t first, and go on only if it succeeds"))
				}
				testedFirst = true
			case usesConfiguration(c) && reload < 0:
				reload = i
			}
		}
	},
}
