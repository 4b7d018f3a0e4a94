package advice

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

var (
	forATime = regexp.MustCompile(`(?i)\btemporarily\s+(disable|stop|pause|suspend|turn off|switch off|bypass|remove)\s+((?:[\w-]+ ?){1,4})|\b(disable|stop|pause|suspend|turn off|bypass)\s+((?:[\w-]+ ){1,4})temporarily\b`)
	reverts  = regexp.MustCompile(`(?i)\b(?:re-?enabl\w+|resum\w+|restor\w+|revert\w*|turn\w* (?:it |them )?(?:back )?on|switch\w* (?:it |them )?(?:back )?on|un-?paus\w+|start (?:it |them )?again|back to normal|undo|roll(?:ing)? back|rollback|put back|enable|restart|start)\b`)
)

var pausedByHand = rule.Rule{
	ID: "paused-by-hand", Title: "what is switched off for a time is switched on again", Severity: lint.Warning,
	Why: "the incident is over, and what was switched off for it stays so",
	Find: func(in *rule.Input, report func(rule.Finding)) {
		for i, s := range in.Statements {
			text := s.Text
			switch s.Kind {
			case document.Item, document.Comment:
			case document.Command:
				if i > 0 && in.Statements[i-1].Block == s.Block && in.Statements[i-1].Purpose == s.Purpose {
					continue // the words are over the first
				}
				text = s.Purpose
			default:
				continue
			}
			m := forATime.FindStringSubmatch(text)
			if m == nil || reverts.MatchString(text) || revertedBehind(in, i) {
				continue
			}
			what := strings.TrimSpace(m[1] + m[3] + " " + m[2] + m[4])
			report(in.On(i, fmt.Sprintf("%q, and nothing says when and how that ends", what), "add the step that takes it back"))
			return
		}
	},
}

// revertedBehind tells whether what follows speaks of a way back.
func revertedBehind(in *rule.Input, i int) bool {
	for j := i + 1; j < len(in.Statements) && j < i+60 && (j < i+12 || rule.SameSection(in.Statements[j], in.Statements[i])); j++ {
		if s := in.Statements[j]; s.Kind != document.Link && (reverts.MatchString(s.Text) || reverts.MatchString(s.Purpose)) {
			return true
		}
	}
	return false
}
