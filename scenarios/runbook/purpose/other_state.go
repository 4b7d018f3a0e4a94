package purpose

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	idleWords    = regexp.MustCompile(`(?i)\bidle[- ](?:connections?|sessions?|clients?)\b`)
	inTxWords    = regexp.MustCompile(`(?i)\bidle[- ]in[- ]transactions?\b|\btransactions?\b|\buncommitted\b`)
	stateOf      = regexp.MustCompile(`(?i)\bstate\s*(?:=\s*'([^']+)'|in\s*\(([^)]*)\)|like\s*'([^']*)')`)
	activeWords  = regexp.MustCompile(`(?i)\b(?:active|running) (?:connections?|queries|sessions?)\b`)
	anotherState = regexp.MustCompile(`(?i)\b(?:idle|long[- ]idle|total|all)\b`)
)

var otherState = rule.Rule{
	ID: "other-state", Title: "a query selects the state that its words name", Severity: lint.Warning,
	Why: "the sessions that are meant are not among those that it finds",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for i, s := range in.Statements {
			if s.Kind != "command" && s.Kind != "query" || !strings.Contains(s.Text, "pg_stat_activity") || len(s.Text) > maxQuery {
				continue
			}
			all := stateOf.FindAllStringSubmatch(s.Text, 2)
			if len(all) != 1 || all[0][1] == "" || strings.Contains(strings.ToLower(s.Text), "filter (") {
				continue
			}
			words, state := in.Purpose(i), strings.ToLower(all[0][1])
			switch {
			case idleWords.MatchString(words) && !inTxWords.MatchString(words) && state != "idle" && !strings.Contains(state, "%"):
				report(in.On(i, fmt.Sprintf("the words speak of idle connections, the query finds those that are %q", state), "write state = 'idle', or name the state in the words"))
			case activeWords.MatchString(words) && !anotherState.MatchString(words) && strings.HasPrefix(state, "idle"):
				report(in.On(i, fmt.Sprintf("the words speak of what is active, the query finds what is %q", state), "write state = 'active', or name the state in the words"))
			}
		}
	},
}

// maxQuery bounds the text of a query that is read, in bytes.
const maxQuery = 16 << 10
