package purpose

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	waits   = regexp.MustCompile(`^(?i)(?:\d+[.)] *)?wait (?:for|until|till)\b`)
	byHand  = regexp.MustCompile(`(?i)\b(?:re-?run|repeat\w*|again|until it|several times|minutes?|seconds?|watch|poll\w*|confirm\w*|check\w*)\b`)
	lasting = regexp.MustCompile(`(?i)\bover time\b|\bcontinuously\b|\bin real[- ]time\b|^(?:\d+[.)] *)?(?:monitor|watch|observe)\b.*\bfor \d+ (?:minutes?|hours?)\b`)
	pausing = regexp.MustCompile(`\b(?:sleep|while|until|for|timeout|--wait|wait|watch|retry|--retry\S*|-w|--watch|-f|--follow|rollout status|wait-for\S*)\b|\s-w\b|--retry|--watch|--wait|-f\b`)
)

var waitOnce = rule.Rule{
	ID: "wait-once", Title: "what is said to wait waits", Severity: lint.Warning,
	Why: "the next command runs before what it needs is there, and its failure looks like that of the remedy",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for i, s := range in.Statements {
			calls := in.Script.Of[i]
			if s.Block >= 0 && len(calls) > 0 && lasting.MatchString(s.Purpose) && !pausing.MatchString(s.Text) && (singleCheck(calls[0]) || calls[0].Word(0) == "top") && !several(in, i) {
				report(rule.At(calls[0], "the words say to look for a while, and the command looks once", "put watch in front of it, or say how often it is repeated"))
				continue
			}
			if s.Block < 0 || len(calls) == 0 || !waits.MatchString(s.Purpose) || byHand.MatchString(s.Purpose) || pausing.MatchString(s.Text) {
				continue
			}
			c := calls[0]
			if singleCheck(c) && in.Next(c) != nil && len(calls) <= 3 {
				report(rule.At(c, "the words say to wait, and the command looks once", "repeat it: until ...; do sleep 2; done, or kubectl wait / rollout status"))
			}
		}
	},
}

// singleCheck tells whether a command shows a state and ends.
func singleCheck(c *call) bool {
	switch c.Program {
	case "kubectl", "oc":
		switch c.Word(0) {
		case "get", "describe":
			return true
		case "exec":
			return !strings.Contains(c.String(), "-c ")
		}
	case "docker", "docker-compose":
		if c.Word(0) == "exec" {
			return strings.HasSuffix(c.String(), " ping") || strings.Contains(c.String(), "pg_isready")
		}
		return c.Word(0) == "ps"
	case "curl", "pg_isready":
		return true
	case "redis-cli":
		return c.RedisVerb() == "PING"
	case "systemctl":
		return c.Word(0) == "status" || c.Word(0) == "is-active"
	}
	return false
}
