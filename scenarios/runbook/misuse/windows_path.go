package misuse

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var windowsPath = regexp.MustCompile(`^(?:\.\\|[A-Za-z]:\\)\S+\.(?:ps1|bat|cmd|exe)\b`)

var shellOfUnix = map[string]bool{"bash": true, "sh": true, "zsh": true}

var pathOfWindows = rule.Rule{
	ID: "windows-path", Title: "a program is named as its shell names it", Severity: lint.Error,
	Why: "a shell of Unix takes the backslashes away, and finds no such program",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for i, s := range in.Statements {
			if s.Kind != document.Command || s.Block < 0 || !shellOfUnix[in.Blocks[s.Block].Info] {
				continue
			}
			if m := windowsPath.FindString(strings.TrimSpace(s.Text)); m != "" {
				report(in.On(i, m+" is a path of Windows in a block of "+in.Blocks[s.Block].Info, "give it a block of PowerShell, or name the script for this shell"))
			}
		}
	},
}
