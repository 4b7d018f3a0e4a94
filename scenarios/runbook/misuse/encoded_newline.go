package misuse

import (
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var encodedNewline = rule.Rule{
	ID: "encoded-newline", Title: "a value is encoded without a line end", Severity: lint.Warning,
	Why: "the line end becomes part of the secret, and the password is refused",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			next := c.Next()
			if c.Program == "echo" && next != nil && next.Program == "base64" && !c.Flag("-n") && !next.Flag("-d", "-D", "--decode") {
				report(rule.At(c, "echo adds a line end, and base64 encodes it too", "use echo -n or printf %s"))
			}
		}
	},
}
