package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

// alternatives are words with a bare line between them.
var alternatives = regexp.MustCompile(`[\w)"*.:\]] ?\| ?[\w("\[]`)

var grepAlternatives = rule.Rule{
	ID: "grep-alternatives", Title: "grep takes a pattern for what it is", Severity: lint.Error,
	Why: "without -E grep looks for the line itself, finds nothing, and that reads like good news",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, c := range in.Script.All() {
			if c.Program != "grep" && c.Program != "zgrep" || c.Flag("-E", "-P", "-F", "--extended-regexp", "--perl-regexp", "--fixed-strings") {
				continue
			}
			if pattern, ok := c.Pattern(); ok && !strings.Contains(pattern.Text, `\|`) && alternatives.MatchString(pattern.Text) {
				report(rule.At(c, fmt.Sprintf("grep looks for %q with its line, not for either", pattern.Text), "use grep -E"))
			}
		}
	},
}
