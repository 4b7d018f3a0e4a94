package lint

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

var everything = regexp.MustCompile(`(?i)\b(?:all|everything|whole|entire|complete)\b`)

var keyPattern = regexp.MustCompile(`^[\w:{}-]+\*$`)

var keyScope = Rule{
	ID: "key-scope", Title: "\"all keys\" is all keys", Severity: Warning,
	Why: "whoever clears \"all\" believes the stale entries gone, and they are not",
	Find: func(in Input, report func(Finding)) {
		type pattern struct {
			text      string
			statement document.Statement
		}
		bySection := map[string][]pattern{}
		for _, s := range in.Document.Statements {
			if s.Kind != document.Command || !strings.Contains(s.Text, "redis-cli") {
				continue
			}
			for _, t := range binding.Tokens(s.Text) {
				if keyPattern.MatchString(t) {
					bySection[s.Section()] = append(bySection[s.Section()], pattern{t, s})
				}
			}
		}
		for _, s := range in.Document.Statements {
			if s.Kind != document.Command || !everything.MatchString(s.Purpose) {
				continue
			}
			for _, own := range bySection[s.Section()] {
				if own.statement.ID != s.ID {
					continue
				}
				var missed []string
				for _, other := range bySection[s.Section()] {
					if !strings.HasPrefix(other.text, strings.TrimSuffix(own.text, "*")) {
						missed = append(missed, other.text)
					}
				}
				if len(missed) > 0 {
					report(at(s, fmt.Sprintf("%q is said to be all, and leaves %s", own.text, strings.Join(missed, " and ")),
						"say what else it clears, or clear the others too"))
				}
			}
		}
	},
}
