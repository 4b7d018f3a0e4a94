package misuse

import (
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var scanOnce = rule.Rule{
	ID: "scan-once", Title: "a scan goes through all keys", Severity: lint.Warning,
	Why: "one SCAN looks at about COUNT keys and returns a cursor: few or no keys does not mean that there are none",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			words := c.RedisCommand()
			if c.Program == "redis-cli" && len(words) > 1 && strings.EqualFold(words[0].Text, "scan") && words[1].Text == "0" {
				report(rule.At(c, "SCAN 0 reads the first page of the keys alone", "use redis-cli --scan --pattern, which goes on to the end"))
			}
		}
	},
}
