package misuse

import (
	"fmt"
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

var (
	logFile = regexp.MustCompile(`^/var/log/(?:\S*\.log|\S*/?(?:syslog|messages)|(?:\S*/)?\*)$`)
	reopens = regexp.MustCompile(`(?i)\b(?:restart|reload|reopen|logrotate|truncate|lsof|signal)\w*\b|\bkill -(?:HUP|USR1)\b`)
)

var openLogRemoved = rule.Rule{
	ID: "open-log-removed", Title: "deleting a log frees its space", Severity: lint.Warning,
	Why: "the process that writes it keeps the file open: the disk stays as full as it was, and the log is lost",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "rm" || in.Mentions(c.Statement, reopens) || reopened(in, c) {
				continue
			}
			for _, w := range c.Words() {
				if logFile.MatchString(w.Text) {
					report(rule.At(c, fmt.Sprintf("%s may still be open, and then frees nothing", w.Text), "use truncate -s 0, or rotate the log"))
					break
				}
			}
		}
	},
}

// reopened tells whether the next commands make the process let go of its log.
func reopened(in *rule.Input, c *script.Call) bool {
	for j := c.Statement + 1; j < len(in.Statements) && j < c.Statement+5 && rule.SameSection(in.Statements[j], in.Statements[c.Statement]); j++ {
		if reopens.MatchString(in.Statements[j].Text) {
			return true
		}
	}
	return false
}
