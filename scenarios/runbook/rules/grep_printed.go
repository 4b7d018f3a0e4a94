package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var plainPattern = regexp.MustCompile(`^[\w ,:=/"'@#%-]+$`)

var grepPrinted = rule.Rule{
	ID: "grep-printed", Title: "a filter lets through what is expected", Severity: lint.Error,
	Why: "the command prints nothing while the text shows what it should print",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "grep" || c.Next() != nil || c.Stage == 0 || c.Flag("-v", "-c", "-q", "-l", "-o", "-L", "--invert-match", "--count", "--quiet", "-w") || len(c.Via) > 0 {
				continue
			}
			pattern, ok := c.Pattern()
			if !ok || pattern.Open || !plainPattern.MatchString(pattern.Text) {
				continue
			}
			printed := in.Output(c.Statement)
			if len(printed) == 0 || c.Flag("-e", "-f") || !follows(in, printed[0], c.Statement) {
				continue
			}
			want := pattern.Text
			matches := false
			for _, s := range printed {
				text := s.Text
				if c.Flag("-i", "--ignore-case") {
					text, want = strings.ToLower(text), strings.ToLower(want)
				}
				if strings.Contains(text, want) || strings.Contains(text, "...") || strings.Contains(text, "…") || strings.Contains(text, "<") {
					matches = true
					break
				}
			}
			if !matches {
				report(rule.At(c, fmt.Sprintf("no line of the expected output has %q: grep lets none of it through", pattern.Text), "search for a word that the output has, or correct the output"))
			}
		}
	},
}

// follows tells whether an output stands right below its command, or in a block
// of its own: what else stands in the block may be anything.
func follows(in *rule.Input, output document.Statement, command int) bool {
	s := in.Statements[command]
	return output.Block != s.Block || output.Line == s.Line+strings.Count(s.Text, "\n")+1
}
