package misuse

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	asScript = regexp.MustCompile(`(?i)\bscript\b|\.sh\b|#!|\bcron\w*|\bworkflow|\bpipeline\b|\bhook\b|\bset -e`)
	subshell = regexp.MustCompile(`(?m)^\s*\(\s*$`)
)

var exitPasted = rule.Rule{
	ID: "exit-pasted", Title: "a block does not end the shell that it is pasted into", Severity: lint.Warning,
	Why: "the session closes, with the message that says why and all variables that were set",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			s := in.Statements[c.Statement]
			if c.Program != "exit" || !c.Guarded || len(c.Via) > 0 || len(c.Args) != 1 || c.Args[0].Text == "0" || s.Block < 0 || s.Kind != document.Command || strings.HasPrefix(strings.TrimSpace(s.Text), "(") {
				continue
			}
			b := in.Blocks[s.Block]
			if asScript.MatchString(b.Text) || subshell.MatchString(b.Text) || asScript.MatchString(in.Lead(s.Block)) || asScript.MatchString(strings.Join(s.Sections, " ")) || typedInside(in, c.Statement) {
				continue
			}
			report(rule.At(c, "exit ends the shell of whoever pastes this block", "use return in a function, or put the block in parentheses"))
		}
	},
}

// typedInside tells whether a shell was opened before in the section, which exit leaves.
func typedInside(in *rule.Input, i int) bool {
	for j := i - 1; j >= 0 && j > i-20; j-- {
		for _, c := range in.Script.Of[j] {
			if c.Flag("-it", "-ti") || c.Program == "ssh" {
				return true
			}
		}
	}
	return false
}
