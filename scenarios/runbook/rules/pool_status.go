package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	aboutPool = regexp.MustCompile(`(?i)\bpool\b`)
	upOrDown  = regexp.MustCompile(`(?i)^"?(?:up|down|ok|healthy|unhealthy|connected|true|pass|ready|alive)"?$`)
	lastField = regexp.MustCompile(`jq\b[^|]*?['"]?\.([A-Za-z_][\w.]*)['"]?\s*$`)
)

var poolStatus = rule.Rule{
	ID: "pool-status", Title: "a field shows what it is asked for", Severity: lint.Warning,
	Why: "a field that says up or down shows nothing of a pool: how many connections, how many wait",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for i, s := range in.Statements {
			if s.Kind != document.Command || !aboutPool.MatchString(in.Purpose(i)) {
				continue
			}
			m := lastField.FindStringSubmatch(s.Text)
			if m == nil || aboutPool.MatchString(m[1]) || strings.Contains(strings.ToLower(m[1]), "pool") {
				continue
			}
			for _, o := range in.Statements {
				if o.Kind == document.Output && o.Key == m[1] && upOrDown.MatchString(o.Value) {
					report(in.On(i, fmt.Sprintf(".%s says %s, and nothing of the pool", m[1], o.Value), "ask a metric of the pool, or count the connections in pg_stat_activity"))
					break
				}
			}
		}
	},
}
