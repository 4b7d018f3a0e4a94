package rules

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var (
	rate     = regexp.MustCompile(`(?i)\b(?:hit|miss)[ -]?(?:rates?|ratios?)\b`)
	hitsOnly = regexp.MustCompile(`(?i)hit`)
)

var hitRate = rule.Rule{
	ID: "hit-rate", Title: "a rate is made of both its numbers", Severity: lint.Warning,
	Why: "the hits alone say nothing about their share",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "grep" || c.Stage == 0 || !rate.MatchString(in.Purpose(c.Statement)) {
				continue
			}
			if !readsInfo(in, c) {
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
				report(rule.At(c, "the rate needs keyspace_misses too, and the filter drops it", "grep for keyspace, and divide the hits by hits and misses"))
			}
		}
	},
}

// readsInfo tells whether a filter gets what INFO prints, wherever redis-cli runs.
func readsInfo(in *rule.Input, c *script.Call) bool {
	for _, source := range in.Script.Of[c.Statement] {
		if source.Program == "redis-cli" && source.RedisVerb() == "INFO" && source.Stage < c.Stage {
			return true
		}
	}
	return false
}
