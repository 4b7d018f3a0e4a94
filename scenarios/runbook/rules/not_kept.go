package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	rewrites  = regexp.MustCompile(`(?i)config\s+rewrite|redis\.conf|\bhelm\b|values\.ya?ml|configmap|\bpersist\w*|\bpermanent\w*`)
	temporary = regexp.MustCompile(`(?i)\btemporar\w*|\bimmediate\w*|\bquick\b|\bemergency\b|\bshort[- ]term\b|\brestart\b|\bruntime\b|\bsession\b`)
)

var notKept = rule.Rule{
	ID: "not-kept", Title: "a change of configuration lasts", Severity: lint.Info,
	Why: "Redis forgets CONFIG SET when it restarts, and the trouble comes back",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			words := c.RedisCommand()
			if c.Program != "redis-cli" || len(words) < 3 || !strings.EqualFold(words[0].Text, "config") || !strings.EqualFold(words[1].Text, "set") {
				continue
			}
			if in.Mentions(c.Statement, temporary) || rewrites.Match(in.Source) || strings.Contains(strings.ToLower(words[2].Text), "slowlog") || strings.Contains(words[2].Text, "latency") {
				continue
			}
			report(rule.At(c, fmt.Sprintf("CONFIG SET %s is lost when Redis restarts", words[2].Text), "add CONFIG REWRITE, or change the configuration file too"))
		}
	},
}
