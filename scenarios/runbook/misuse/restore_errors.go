package misuse

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var backupFile = regexp.MustCompile(`(?i)\.(?:sql|dump|bak)(?:\.gz)?$|backup|dump|snapshot`)

var restoreErrors = rule.Rule{
	ID: "restore-errors", Title: "a restore that fails says so", Severity: lint.Warning,
	Why: "psql goes on behind an error and exits with 0: half of the data is back, and it looks like success",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "psql" || !restores(c) || c.Flag("-1", "--single-transaction") || strings.Contains(c.String(), "ON_ERROR_STOP") {
				continue
			}
			report(rule.At(c, "psql does not stop at the first statement that fails", "add -v ON_ERROR_STOP=1, or --single-transaction"))
		}
	},
}

// restores tells whether a psql reads a dump: from a file, or from what unpacks it.
func restores(c *script.Call) bool {
	for _, r := range c.Redirects {
		if file, ok := strings.CutPrefix(r, "<"); ok && backupFile.MatchString(file) {
			return true
		}
	}
	if w, ok := c.Value("-f", "--file"); ok && (strings.Contains(strings.ToLower(w.Text), "backup") || strings.Contains(strings.ToLower(w.Text), "dump")) {
		return true
	}
	if c.Stage == 0 || len(c.Pipe) == 0 {
		return false
	}
	switch before := c.Pipe[0]; before.Program {
	case "gunzip", "zcat", "gzip", "cat", "bunzip2", "zstd", "xz", "pv":
		return backupFile.MatchString(before.String() + strings.Join(before.Redirects, " "))
	case "aws":
		return before.Word(0) == "s3" && before.Word(1) == "cp"
	}
	return false
}
