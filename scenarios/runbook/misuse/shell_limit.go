package misuse

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	ofDescriptors = regexp.MustCompile(`(?i)\btoo many open files\b|\b(?:file )?descriptors?\b|\bopen files?\b|\bEMFILE\b|\bulimits?\b`)
	ofThisShell   = regexp.MustCompile(`(?i)\b(?:shell|session|user|login|system-?wide)\b|/proc/(?:\$|<|\{|\d|PID)`)
)

var shellLimit = rule.Rule{
	ID: "shell-limit", Title: "open files are counted where they are open", Severity: lint.Warning,
	Why: "the number looks right and is another one: the trouble is not seen in it",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.All() {
			if c.Program != "ulimit" && c.Program != "lsof" || len(c.Args) > 1 {
				continue
			}
			s := in.Statements[c.Statement]
			words := s.Purpose + " " + in.Purpose(c.Statement) + " " + strings.Join(s.Sections, " ") + " " + in.Title
			if !ofDescriptors.MatchString(words) || len(c.Via) > 0 {
				continue
			}
			switch next := c.Next(); {
			case c.Program == "ulimit" && len(c.Args) == 1 && c.Args[0].Text == "-n" && !ofThisShell.MatchString(s.Purpose+" "+s.Text):
				report(rule.At(c, "ulimit shows the limit of this shell, not that of the service", "read /proc/PID/limits of the service"))
			case c.Program == "lsof" && len(c.Args) == 0 && next != nil && next.Program == "wc":
				report(rule.At(c, "lsof has lines for every thread and for what is no descriptor: their number is not that of open files", "read /proc/sys/fs/file-nr, or count /proc/PID/fd"))
			}
		}
	},
}
