package misuse

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	exported = regexp.MustCompile(`^export\s+([A-Z][A-Z0-9_]{2,})=`)
	// ofService are variables that a service reads when it starts.
	ofService = regexp.MustCompile(`(?:_OPTS|_OPTIONS|_SIZE|_LEVEL|_TIMEOUT\w*|_LIMIT|_CONNECTIONS|_WORKERS|_THREADS|_CONCURRENCY|_TTL|_RETRIES|_INTERVAL|_ENABLED|_ARGS)$|^(?:MAX|MIN|ENABLE|DISABLE|LOG|CACHE|POOL)_`)
	changes   = regexp.MustCompile(`(?i)\b(?:increas\w+|rais\w+|reduc\w+|lower\w*|decreas\w+|adjust\w*|tun(?:e|ing)|enabl\w+|disabl\w+|set|limit\w*|chang\w+|turn)\b`)
	applied   = regexp.MustCompile(`(?i)\b(?:restart\w*|start|redeploy\w*|deploy\w*|source|\.env|profile|rc\b|before (?:starting|running)|then run)\b`)
)

var unappliedVariable = rule.Rule{
	ID: "unapplied-variable", Title: "a variable reaches the service", Severity: lint.Warning,
	Why: "export sets it in the shell of whoever reads this: a service that runs already keeps what it was started with",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		done := map[int]bool{}
		for i, s := range in.Statements {
			if s.Kind != document.Command || s.Block < 0 || done[s.Block] {
				continue
			}
			m := exported.FindStringSubmatch(strings.TrimSpace(s.Text))
			if m == nil || !ofService.MatchString(m[1]) {
				continue
			}
			done[s.Block] = true
			words := s.Purpose + " " + in.Purpose(i) + " " + s.Section()
			if !changes.MatchString(words) || !onlyExports(in.Blocks[s.Block].Text) || strings.Contains(string(in.Source), "$"+m[1]) || strings.Contains(string(in.Source), "${"+m[1]) || appliedBehind(in, i) {
				continue
			}
			report(in.On(i, fmt.Sprintf("%s is set in this shell, and no service is started from it", m[1]), "set it where the service gets its environment, and say how it is restarted"))
		}
	},
}

// onlyExports tells whether a block sets variables, and does nothing else.
func onlyExports(text string) bool {
	for l := range strings.Lines(text) {
		if l = strings.TrimSpace(l); l != "" && !strings.HasPrefix(l, "#") && !strings.HasPrefix(l, "export ") {
			return false
		}
	}
	return true
}

// appliedBehind tells whether what follows in the section starts something.
func appliedBehind(in *rule.Input, i int) bool {
	for j := max(i-3, 0); j < len(in.Statements) && j < i+15; j++ {
		s := in.Statements[j]
		if rule.SameSection(s, in.Statements[i]) && applied.MatchString(s.Text+" "+s.Purpose) {
			return true
		}
	}
	return false
}
