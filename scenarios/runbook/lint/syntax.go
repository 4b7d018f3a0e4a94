package lint

import (
	"fmt"
	"regexp"
	"sort"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/runproof/runproof/scenarios/runbook/blocks"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/shell"
)

var notText = Rule{
	ID: "not-text", Title: "the file is text", Severity: Error,
	Why: "what is no text cannot be read by anybody",
	Find: func(in Input, report func(Finding)) {
		for _, p := range in.Document.Problems {
			if p.What == "text" {
				report(Finding{Line: p.Line, Column: p.Column, Text: p.Text, Proposal: "save the runbook as UTF-8 text"})
			}
		}
		if e := in.Document.Encoding; e != "" && len(in.Document.Source) > 0 {
			report(Finding{Line: 1, Severity: Warning, Text: "the file is in " + e, Why: "diff, grep and code review take it for a binary file", Proposal: "save the runbook as UTF-8 text"})
		}
	},
}

var shellSyntax = Rule{
	ID: "shell-syntax", Title: "commands are valid shell", Severity: Error,
	Why: "a command that the shell refuses helps nobody at night",
	Find: func(in Input, report func(Finding)) {
		const proposal = "close what is open, quote what needs quotes, or move text that is no command out of the block"
		for _, p := range in.Document.Problems {
			if p.What == document.Shell {
				report(Finding{Line: p.Line, Column: p.Column, Text: "this is not valid shell: " + place.ReplaceAllString(p.Text, ""), Proposal: proposal})
			}
		}
		for _, p := range in.Document.Pieces {
			if p.Kind != blocks.Shell || p.Block >= 0 || p.Confidence < blocks.Sure || strings.Contains(p.Text, "...") {
				continue
			}
			if what := unclosed(p.Text); what != "" {
				report(Finding{Line: p.Line, Column: p.Column, Text: fmt.Sprintf("this command is not complete: %s in `%s`", what, short(p.Text)), Proposal: "close what is open, or take away the quote that is too many"})
			}
		}
	},
}

// place is the position that a parser puts in front of its message: it counts
// within the block.
var place = regexp.MustCompile(`^(?:line )?\d+(?::\d+)?:\s*`)

// unclosed is what a command in a code span opens and does not close.
func unclosed(text string) string {
	_, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(shell.Filled(text)), "")
	if err == nil || !strings.Contains(err.Error(), "quote") {
		return ""
	}
	return "a quote is never closed"
}

var yamlSyntax = Rule{
	ID: "yaml-syntax", Title: "embedded YAML parses", Severity: Error,
	Why: "what does not parse was never what is deployed",
	Find: func(in Input, report func(Finding)) {
		for _, p := range in.Document.Problems {
			if p.What != document.YAML || strings.Contains(p.Text, "unknown anchor") || filledIn(blockAt(in.Document, p.Line).Text) {
				continue
			}
			report(Finding{Line: p.Line, Column: p.Column, Text: "this is not valid YAML: " + place.ReplaceAllString(p.Text, ""), Proposal: "copy the block anew from where it is deployed"})
		}
	},
}

// blockAt is the block that a line stands in.
func blockAt(d *document.Document, line int) document.Block {
	n := sort.Search(len(d.Blocks), func(i int) bool { return d.Blocks[i].Line > line })
	if n == 0 {
		return document.Block{}
	}
	return d.Blocks[n-1]
}

// leftOut are marks of a text that is shortened, or filled in before it is used.
var leftOut = regexp.MustCompile(`\.\.\.|…|\{\{|<%|<[A-Za-z][\w .-]*>|\$\{`)

// filledIn tells whether a text is a template or an excerpt.
func filledIn(text string) bool { return leftOut.MatchString(text) }
