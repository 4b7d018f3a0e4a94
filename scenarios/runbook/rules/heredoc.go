package rules

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var heredocStart = regexp.MustCompile(`(?:^|[^<])<<(-?)\s*(?:'(\w+)'|"(\w+)"|\\?([A-Za-z_]\w*))`)

// maxHeredocs bounds those that are followed to their end in one block.
const maxHeredocs = 50

var heredoc = rule.Rule{
	ID: "heredoc", Title: "a here-document ends", Severity: lint.Error,
	Why: "the shell takes everything below for its text, the next commands too",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for _, b := range in.Blocks {
			if b.Is != document.Shell {
				continue
			}
			lines := strings.Split(b.Text, "\n")
			for i, n := 0, 0; i < len(lines) && n < maxHeredocs; i++ {
				m := heredocStart.FindStringSubmatch(lines[i])
				if m == nil || strings.HasPrefix(strings.TrimSpace(lines[i]), "#") {
					continue
				}
				n++
				mark := m[2] + m[3] + m[4]
				end, wrong, reason := endOfHeredoc(lines[i+1:], mark, m[1] != "")
				if end {
					continue
				}
				if wrong >= 0 {
					report(rule.Finding{
						Line: b.Line + i + 1 + wrong, Column: 1, Statement: -1,
						Text:     fmt.Sprintf("%q does not end the here-document: %s", strings.TrimSpace(lines[i+1+wrong]), reason),
						Proposal: fmt.Sprintf("write %s alone at the beginning of the line", mark),
					})
				}
			}
		}
	},
}

// endOfHeredoc tells whether the mark stands alone on a line; if not, the line
// that was meant to end it and what is wrong with it.
func endOfHeredoc(lines []string, mark string, tabs bool) (ends bool, wrong int, reason string) {
	wrong = -1
	for i, line := range lines {
		bare := line
		if tabs {
			bare = strings.TrimLeft(line, "\t")
		}
		if bare == mark {
			return true, -1, ""
		}
		if wrong >= 0 {
			continue
		}
		trimmed := strings.TrimSpace(line)
		switch rest, begins := strings.CutPrefix(trimmed, mark); {
		case trimmed == mark && strings.TrimRight(line, " \t") == mark:
			wrong, reason = i, "a blank stands behind it"
		case trimmed == mark:
			wrong, reason = i, "it is indented"
		case begins && (strings.HasPrefix(strings.TrimSpace(rest), "|") || strings.HasPrefix(strings.TrimSpace(rest), ">") || strings.HasPrefix(strings.TrimSpace(rest), ")") || strings.HasPrefix(rest, ";") || strings.HasPrefix(rest, " #") || strings.HasPrefix(rest, " &&")):
			wrong, reason = i, "text stands behind it"
		}
	}
	return false, wrong, reason
}
