package rules

import (
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/script"
)

var blocking = regexp.MustCompile(`(?i)\bblock\w*|production|careful|caution|avoid|never|warning`)

var keysCommand = Rule{
	ID: "redis-keys", Title: "KEYS is not run on a Redis in use", Weight: Warning,
	Why: "KEYS walks the whole database in one go, and Redis answers nobody until it is through",
	find: func(in *Input, report func(Finding)) {
		var all once
		for _, c := range in.Script.Calls {
			if c.Program == "redis-cli" && redisVerb(c) == "KEYS" && !in.warned(c) {
				all.add(at(c, "KEYS blocks Redis while it looks through all keys", "use redis-cli --scan --pattern"))
			}
		}
		all.report(report)
	},
}

// warned tells whether the words at a command say that KEYS blocks.
func (in *Input) warned(c *script.Call) bool {
	return blocking.MatchString(in.purpose(c.Statement)) || blocking.MatchString(in.Line(c.Line))
}
