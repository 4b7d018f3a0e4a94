package advice

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	evictsAll = regexp.MustCompile(`(?i)maxmemory-policy["']?[ =:]+["']?(allkeys-\w+)`)
	needed    = regexp.MustCompile(`(?i)\b(?:distributed )?(locks?)\b(?:[^.\n]{0,30}\b(?:redis|fail\w*|unavailable|acquire\w*|held)\b)|\b(?:user )?(sessions?)\b (?:storage|store|data|lost|are stored|live|kept)|\b((?:job |task |message )?queues?)\b (?:in redis|lost|backlog|jobs)|\b(?:sidekiq|celery|bull|rq|resque) (queues?|jobs?|broker)\b`)
	separate  = regexp.MustCompile(`(?i)\bseparate (?:redis|instance|database)\b|\bvolatile-\w+|\bonly (?:a )?cache\b`)
)

var evictsNeeded = rule.Rule{
	ID: "evicts-needed", Title: "what must not be lost is not evicted", Severity: lint.Warning,
	Why: "where memory is short Redis drops any key, those that are no cache too",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for i, s := range in.Statements {
			switch s.Kind {
			case document.Command, document.Console, document.Setting, document.Code:
			default:
				continue
			}
			if !strings.Contains(s.Text, "allkeys-") {
				continue
			}
			if p := evictsAll.FindStringSubmatch(s.Text); p != nil {
				kept := keptBeside(in)
				if kept == "" {
					return
				}
				report(in.On(i, p[1]+" drops any key, and this Redis keeps "+kept+" too", "use volatile-lru with expiry on the cache, or an instance of its own for the cache"))
				return
			}
		}
	},
}

// keptBeside is what a document says that Redis keeps beside the cache, or empty.
func keptBeside(in *rule.Input) string {
	kept := ""
	for _, s := range in.Statements {
		if kept != "" || len(s.Text) > 2<<10 || !strings.Contains(s.Text, "ock") && !strings.Contains(s.Text, "ession") && !strings.Contains(s.Text, "ueue") && !strings.Contains(s.Text, "job") {
			continue
		}
		if m := needed.FindStringSubmatch(s.Text); m != nil {
			kept = strings.Join(m[1:], "")
		}
	}
	if kept == "" || in.Anywhere(separate) {
		return ""
	}
	return kept
}
