package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
)

var plainPattern = regexp.MustCompile(`^[\w ,:=/"'@#%-]+$`)

var grepPrinted = rule{
	id: "grep-printed", title: "a filter lets through what is expected", severity: lint.Error,
	why: "the command prints nothing while the text shows what it should print",
	find: func(in *input, report func(finding)) {
		for _, c := range in.Script.Calls {
			if c.Program != "grep" || c.Next() != nil || c.Stage == 0 || c.Flag("-v", "-c", "-q", "-l", "-o", "-L", "--invert-match", "--count", "--quiet", "-w") || len(c.Via) > 0 {
				continue
			}
			pattern, ok := c.Pattern()
			if !ok || pattern.Open || !plainPattern.MatchString(pattern.Text) {
				continue
			}
			printed := in.output(c.Statement)
			if len(printed) == 0 || c.Flag("-e", "-f") || !in.follows(printed[0], c.Statement) {
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
				report(at(c, fmt.Sprintf("no line of the expected output has %q: grep lets none of it through", pattern.Text), "search for a word that the output has, or correct the output"))
			}
		}
	},
}

// follows tells whether an output stands right below its command, or in a block
// of its own: what else stands in the block may be anything.
func (in *input) follows(output document.Statement, command int) bool {
	s := in.Statements[command]
	return output.Block != s.Block || output.Line == s.Line+strings.Count(s.Text, "\n")+1
}
