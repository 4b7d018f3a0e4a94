package lint

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

var jsonSyntax = Rule{
	ID: "json-syntax", Title: "JSON blocks parse", Severity: Error,
	Why: "an output that is no JSON cannot be compared with what is printed",
	Find: func(in Input, report func(Finding)) {
		problems(document.JSON, "this is not valid JSON: %s", "copy the output anew")(in, report)
		for _, b := range in.Document.Blocks {
			if b.Is != document.JSON || reported(in, b) {
				continue
			}
			var value any
			err := json.Unmarshal([]byte(b.Text), &value)
			if err == nil {
				continue
			}
			line := b.Line
			var syntax *json.SyntaxError
			if errors.As(err, &syntax) {
				line += strings.Count(b.Text[:min(int(syntax.Offset), len(b.Text))], "\n")
			}
			report(Finding{Line: line, Column: 1, Text: "this is not valid JSON: " + err.Error(), Proposal: "copy the output anew; mark what varies in the sentence before it"})
		}
	},
}

// reported tells whether a problem within a block is known already.
func reported(in Input, b document.Block) bool {
	end := b.Line + strings.Count(b.Text, "\n")
	for _, p := range in.Document.Problems {
		if p.Line >= b.Line && p.Line <= end {
			return true
		}
	}
	return false
}
