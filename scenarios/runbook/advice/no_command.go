package advice

import (
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var shells = map[string]bool{"bash": true, "sh": true, "shell": true, "zsh": true, "console": true}

var noCommand = rule.Rule{
	ID: "no-command", Title: "a block of commands has a command", Severity: lint.Info,
	Why: "the step looks as if it could be run, and has nothing to run",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, b := range in.Blocks {
			if !shells[b.Info] {
				continue
			}
			steps := 0
			for l := range strings.Lines(b.Text) {
				text := strings.TrimSpace(l)
				if text != "" && !strings.HasPrefix(text, "#") {
					steps = -1
					break
				}
				if strings.TrimLeft(text, "#! ") != "" {
					steps++
				}
			}
			if steps > 0 {
				report(rule.Finding{Line: b.Line, Column: b.Column, Statement: -1, Text: "the block has comments alone: no command does what they say", Proposal: "write the commands, or make a list of steps of it"})
			}
		}
	},
}
