package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// alternatives are words with a bare line between them.
var alternatives = regexp.MustCompile(`[\w)"*.:\]] ?\| ?[\w("\[]`)

var grepAlternatives = rule{
	id: "grep-alternatives", title: "grep takes a pattern for what it is", severity: lint.Error,
	why: "without -E grep looks for the line itself, finds nothing, and that reads like good news",
	find: func(in *input, report func(finding)) {
		for _, c := range in.Script.All() {
			if c.Program != "grep" && c.Program != "zgrep" || c.Flag("-E", "-P", "-F", "--extended-regexp", "--perl-regexp", "--fixed-strings") {
				continue
			}
			if pattern, ok := patternOf(c); ok && !strings.Contains(pattern.Text, `\|`) && alternatives.MatchString(pattern.Text) {
				report(at(c, fmt.Sprintf("grep looks for %q with its line, not for either", pattern.Text), "use grep -E"))
			}
		}
	},
}

// patternOf is the pattern of a grep.
func patternOf(c *script.Call) (script.Word, bool) {
	if w, ok := c.Value("-e", "--regexp"); ok {
		return w, true
	}
	for i := 0; i < len(c.Args); i++ {
		a := c.Args[i]
		switch {
		case a.Text == "--":
			if i+1 < len(c.Args) {
				return c.Args[i+1], true
			}
			return script.Word{}, false
		case strings.HasPrefix(a.Text, "-") && len(a.Text) > 1 && !a.Quoted:
			if last := a.Text[len(a.Text)-1]; !strings.HasPrefix(a.Text, "--") && strings.ContainsRune("ABCmdDf", rune(last)) {
				i++
			}
		default:
			return a, true
		}
	}
	return script.Word{}, false
}
