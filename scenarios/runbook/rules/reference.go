package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	usedReference    = regexp.MustCompile(`\[([^\[\]\n]{1,120})\]\[([^\[\]\n]{0,120})\]`)
	definedReference = regexp.MustCompile(`^ {0,3}\[([^\[\]\n]+)\]:\s*\S`)
	codeSpan         = regexp.MustCompile("`[^`]*`")
)

var reference = rule.Rule{
	ID: "reference", Title: "references to a link are defined", Severity: lint.Warning,
	Why: "the reader sees the brackets, and there is nothing to follow",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		// What stands in a block is no Markdown.
		inBlock := map[int]bool{}
		for _, b := range in.Blocks {
			for i := range strings.Count(b.Text, "\n") + 1 {
				inBlock[b.Line+i] = true
			}
		}
		defined := map[string]bool{}
		lines := strings.Split(string(in.Source), "\n")
		for _, line := range lines {
			if m := definedReference.FindStringSubmatch(line); m != nil {
				defined[label(m[1])] = true
			}
		}
		for i, line := range lines {
			if inBlock[i+1] || !strings.Contains(line, "][") || strings.HasPrefix(line, "    ") {
				continue
			}
			for _, m := range usedReference.FindAllStringSubmatch(codeSpan.ReplaceAllString(line, "``"), 20) {
				name := m[2]
				if name == "" {
					name = m[1]
				}
				if !defined[label(name)] && strings.TrimSpace(m[1]) != "" && !strings.ContainsAny(name, "`$=\"'") && strings.ContainsAny(name, "abcdefghijklmnopqrstuvwxyz") {
					report(rule.Finding{Line: i + 1, Column: strings.Index(line, "][") + 1, Statement: -1, Text: fmt.Sprintf("[%s] is defined nowhere", name), Proposal: fmt.Sprintf("add a line [%s]: with the address", name)})
				}
			}
		}
	},
}

func label(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
