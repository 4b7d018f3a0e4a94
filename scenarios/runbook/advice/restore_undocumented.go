package advice

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	restoreStep = regexp.MustCompile(`(?i)^(?:\W|\d)*(?:[\w ]{1,30}: *)?(?:restore|recover)\s+(?:\w+ ){0,3}(?:from|backups?|snapshots?|dump|data|database)\b`)
	restores    = regexp.MustCompile(`(?i)\b(?:pg_restore|mongorestore|psql\b[^\n]*(?:<|-f)|pg_basebackup|wal-g|wal-e|barman|pgbackrest|mysql\b[^\n]*<|restore-\S+|\w+-restore|velero|restic|redis-cli\b[^\n]*--pipe|gunzip|zcat|tar\s+-?x|aws\b[^\n]*\brestore\b|gcloud\b[^\n]*\brestore\b|az\b[^\n]*\brestore\b|etcdctl\b[^\n]*restore|RESTORE DATABASE|cp\b[^\n]*(?:dump|backup|rdb)|rsync|docker cp|kubectl cp)|\.sh\b|\brestore\w*\.(?:py|sh|yml)`)
	elsewhere   = regexp.MustCompile(`(?i)\]\(|https?://|\bsee\b|\bfollow\b|\bper\b|\brunbook\b|\bprocedure\b|\bconsole\b`)
)

var restoreUndocumented = rule.Rule{
	ID: "restore-undocumented", Title: "it is said how a backup is restored", Severity: lint.Warning,
	Why: "whoever has lost the data reads this step, and there is nothing to run",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for i, s := range in.Statements {
			if s.Kind != document.Item || !restoreStep.MatchString(s.Text) || elsewhere.MatchString(s.Text) || leadsToCode(in, i) || checklist.MatchString(in.Line(s.Line)) {
				continue
			}
			if s.Role == document.RoleSymptom || later.MatchString(strings.Join(s.Sections, " ")) {
				continue
			}
			if restored(in) {
				return
			}
			report(in.On(i, fmt.Sprintf("%q has no command, here or anywhere in the document", brief(s.Text)), "write the command, from which file, and how to see that it is whole"))
			return
		}
	},
}

var (
	checklist = regexp.MustCompile(`^\s*[-*+] \[[ xX]\]`)
	later     = regexp.MustCompile(`(?i)\b(?:prevent\w*|post[- ]?(?:incident|mortem)|follow[- ]?up|long[- ]term|improvement|training|drills?|testing)\b`)
)

// brief is the beginning of a text, for a message.
func brief(text string) string {
	const limit = 50
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > limit {
		return string(r[:limit]) + "..."
	}
	return text
}

// restored tells whether a command of the document restores something.
func restored(in *rule.Input) bool {
	for _, s := range in.Statements {
		switch s.Kind {
		case document.Command, document.Query, document.Code, document.Console:
			if restores.MatchString(s.Text) {
				return true
			}
		}
		if strings.Contains(s.Text, "`") && restores.MatchString(s.Text) {
			return true
		}
	}
	return false
}
