package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// acts are purposes that begin with a verb that changes something.
var acts = regexp.MustCompile(`^(?i)(?:\d+[.)] *)?(?:\w+: )?(clear|flush|purge|invalidate|delete|remove|evict|kill|terminate|restart|scale (?:up|down|out)|roll ?back|drain|empty)\s+(?:the |all |any |every )*[a-z]`)

// nouns follow a verb that is part of a name.
var nouns = regexp.MustCompile(`(?i)^(?:\d+[.)] *)?(?:restart|kill|evict|rollback|delete|scale|drain)\w* (?:counts?|history|status|policy|loops?|reason|events?|markers?|requests?|progress|switch|time|rate)\b|\?`)

var readOnlyAction = rule.Rule{
	ID: "read-only-action", Title: "a command does what its words say", Severity: lint.Error,
	Why: "the command only looks: whoever runs it believes that it is done",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for i, s := range in.Statements {
			if s.Purpose == "" || shared(in, i) {
				continue
			}
			m := acts.FindStringSubmatch(s.Purpose)
			calls := in.Script.Of[i]
			if m == nil || nouns.MatchString(s.Purpose) || len(calls) == 0 {
				continue
			}
			passive := true
			for _, c := range calls {
				passive = passive && readsOnly(c)
			}
			if passive {
				report(in.On(i, fmt.Sprintf("the words say %q, and the command changes nothing", strings.ToLower(m[1])), "write the command that does it, or say that this one only looks"))
			}
		}
	},
}

// shared tells whether more commands stand under the same purpose: one of them
// may do it.
func shared(in *rule.Input, i int) bool {
	s := in.Statements[i]
	for _, j := range []int{i - 1, i + 1} {
		if j >= 0 && j < len(in.Statements) && in.Statements[j].Block == s.Block && in.Statements[j].Purpose == s.Purpose {
			return true
		}
	}
	return false
}

var readVerbs = map[string]bool{"KEYS": true, "GET": true, "INFO": true, "TTL": true, "DBSIZE": true, "SCAN": true, "EXISTS": true, "TYPE": true, "MEMORY": true, "PING": true, "LLEN": true, "HGETALL": true}

// readsOnly tells whether a command is known to change nothing.
func readsOnly(c *script.Call) bool {
	switch c.Program {
	case "kubectl", "oc":
		switch c.Word(0) {
		case "get", "describe", "logs", "top", "version", "explain", "events":
			return true
		}
	case "redis-cli":
		return readVerbs[c.RedisVerb()] || c.RedisVerb() == "" && c.Flag("--scan", "--stat", "--bigkeys")
	case "grep", "head", "tail", "wc", "jq", "sort", "awk", "cut", "uniq", "cat", "ls", "ps", "df", "du", "free":
		return len(c.Redirects) == 0 && c.Program != "awk"
	case "systemctl":
		return c.Word(0) == "status" || c.Word(0) == "is-active"
	case "docker":
		return c.Word(0) == "ps" || c.Word(0) == "logs" || c.Word(0) == "inspect"
	}
	return false
}
