package rules

import (
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var blocking = regexp.MustCompile(`(?i)\bblock\w*|production|careful|caution|avoid|never|warning`)

var keysCommand = rule.Rule{
	ID: "redis-keys", Title: "KEYS is not run on a Redis in use", Severity: lint.Warning,
	Why: "KEYS walks the whole database in one go, and Redis answers nobody until it is through",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program == "redis-cli" && c.RedisVerb() == "KEYS" && !warned(in, c) {
				report(rule.At(c, "KEYS blocks Redis while it looks through all keys", "use redis-cli --scan --pattern"))
			}
		}
	},
}

// warned tells whether the words at a command say that KEYS blocks.
func warned(in *rule.Input, c *script.Call) bool {
	return blocking.MatchString(in.Purpose(c.Statement)) || blocking.MatchString(in.Line(c.Line))
}
