package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/script"
)

// alternatives are words with a bare line between them.
var alternatives = regexp.MustCompile(`[\w)"*.:\]] ?\| ?[\w("\[]`)

var grepAlternatives = Rule{
	ID: "grep-alternatives", Title: "grep takes a pattern for what it is", Weight: Error,
	Why: "without -E grep looks for the line itself, finds nothing, and that reads like good news",
	find: func(in *Input, report func(Finding)) {
		var all once
		for _, c := range in.Script.Calls {
			if c.Program != "grep" && c.Program != "zgrep" || c.Flag("-E", "-P", "-F", "--extended-regexp", "--perl-regexp", "--fixed-strings") {
				continue
			}
			if pattern, ok := patternOf(c); ok && !strings.Contains(pattern.Text, `\|`) && alternatives.MatchString(pattern.Text) {
				all.add(at(c, fmt.Sprintf("grep looks for %q with its line, not for either", pattern.Text), "use grep -E"))
			}
		}
		all.report(report)
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
