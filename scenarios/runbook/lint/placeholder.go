package lint

import (
	"fmt"
	"regexp"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

var placeholders = regexp.MustCompile(`\[[A-Z][A-Za-z/ -]{1,40}\]|<[a-z][a-z_ -]{2,30}>|\b(?:TBD|FIXME|XXX|CHANGEME|CHANGE_ME)\b|\b[Ll]orem ipsum\b`)

var placeholder = Rule{
	ID: "placeholder", Title: "nothing waits to be filled in", Severity: Error,
	Why: "whoever looks here at night needs the name, not the place where one should stand",
	Find: func(in Input, report func(Finding)) {
		for _, s := range in.Document.Statements {
			switch s.Kind {
			case document.Row, document.Item, document.Prose, document.Symptom, document.Comment:
			default:
				continue
			}
			if found := placeholders.FindString(s.Text); found != "" {
				report(at(s, fmt.Sprintf("%s was never filled in", found), "write who or what it is, or where that can be looked up"))
			}
		}
	},
}
