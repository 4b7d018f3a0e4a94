package rules

import (
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var blocking = regexp.MustCompile(`(?i)\bblock\w*|production|careful|caution|avoid|never|warning`)

var keysCommand = rule{
	id: "redis-keys", title: "KEYS is not run on a Redis in use", severity: lint.Warning,
	why: "KEYS walks the whole database in one go, and Redis answers nobody until it is through",
	find: func(in *input, report func(finding)) {
		for _, c := range in.Script.Calls {
			if c.Program == "redis-cli" && c.RedisVerb() == "KEYS" && !in.warned(c) {
				report(at(c, "KEYS blocks Redis while it looks through all keys", "use redis-cli --scan --pattern"))
			}
		}
	},
}

// warned tells whether the words at a command say that KEYS blocks.
func (in *input) warned(c *script.Call) bool {
	return blocking.MatchString(in.purpose(c.Statement)) || blocking.MatchString(in.Line(c.Line))
}
