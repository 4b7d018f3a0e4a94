package rules

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var (
	rate     = regexp.MustCompile(`(?i)\b(?:hit|miss)[ -]?(?:rates?|ratios?)\b`)
	hitsOnly = regexp.MustCompile(`(?i)hit`)
)

var hitRate = rule{
	id: "hit-rate", title: "a rate is made of both its numbers", severity: lint.Warning,
	why: "the hits alone say nothing about their share",
	find: func(in *input, report func(finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "grep" || c.Stage == 0 || !rate.MatchString(in.purpose(c.Statement)) {
				continue
			}
			if !in.readsInfo(c) {
				continue
			}
			pattern, ok := c.Pattern()
			if !ok || pattern.Open || !hitsOnly.MatchString(pattern.Text) {
				continue
			}
			expression := pattern.Text
			if !c.Flag("-E", "-P") {
				expression = strings.ReplaceAll(expression, `\|`, "|")
			}
			if re, err := regexp.Compile("(?i)" + expression); err == nil && re.MatchString("keyspace_hits:1") && !re.MatchString("keyspace_misses:1") {
				report(at(c, "the rate needs keyspace_misses too, and the filter drops it", "grep for keyspace, and divide the hits by hits and misses"))
			}
		}
	},
}

// readsInfo tells whether a filter gets what INFO prints, wherever redis-cli runs.
func (in *input) readsInfo(c *script.Call) bool {
	for _, source := range in.Script.Of[c.Statement] {
		if source.Program == "redis-cli" && source.RedisVerb() == "INFO" && source.Stage < c.Stage {
			return true
		}
	}
	return false
}
