package lint

import (
	"fmt"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

var notText = Rule{
	ID: "not-text", Title: "the file is text", Severity: Error,
	Why:  "what is no text cannot be read by anybody",
	Find: problems("text", "%s", "save the runbook as UTF-8 text"),
}

var shellSyntax = Rule{
	ID: "shell-syntax", Title: "commands are valid shell", Severity: Error,
	Why:  "a command that the shell refuses helps nobody at night",
	Find: problems(document.Shell, "this is not valid shell: %s", "close what is open, quote what needs quotes, or move text that is no command out of the block"),
}

var yamlSyntax = Rule{
	ID: "yaml-syntax", Title: "embedded YAML parses", Severity: Error,
	Why:  "what does not parse was never what is deployed",
	Find: problems(document.YAML, "this is not valid YAML: %s", "copy the block anew from where it is deployed"),
}

// problems reports what the parser could not read.
func problems(what, text, proposal string) func(Input, func(Finding)) {
	return func(in Input, report func(Finding)) {
		for _, p := range in.Document.Problems {
			if p.What == what {
				report(Finding{Line: p.Line, Column: p.Column, Text: fmt.Sprintf(text, p.Text), Proposal: proposal})
			}
		}
	}
}
