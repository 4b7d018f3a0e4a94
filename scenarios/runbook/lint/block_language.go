package lint

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

var blockLanguage = Rule{
	ID: "block-language", Title: "a block is what its fence says",
	Why: "what stands in a shell block is copied into a shell",
	find: func(in Input, report func(Finding)) {
		for i, b := range in.Document.Blocks {
			if isShell(b.Says) && (b.Is == document.YAML || b.Is == document.JSON) {
				report(Finding{
					Line: b.Line, Column: b.Column, Text: fmt.Sprintf("the fence says %s, what stands in it is %s", b.Says, b.Is),
					Proposal: fmt.Sprintf("write the fence as ```%s", b.Is),
				})
			}
			if b.Is == document.Shell {
				outputInComments(in, i, report)
			}
		}
	},
}

func isShell(says string) bool {
	switch says {
	case "bash", "sh", "shell", "zsh", "console":
		return true
	}
	return false
}

var jsonComment = regexp.MustCompile(`^\s*#\s*[\[{]\s*$`)

// outputInComments finds an expected output that hides in a shell's comments.
func outputInComments(in Input, block int, report func(Finding)) {
	b := in.Document.Blocks[block]
	for n, line := range strings.Split(b.Text, "\n") {
		if jsonComment.MatchString(line) {
			report(Finding{
				Line: b.Line + n, Column: 1, Text: "an output is printed in the comments of a shell block",
				Why:      "nobody checks a comment, and no tool compares it with what is really printed",
				Proposal: "close the block, write \"Expected output:\", and print it in a block of its own: ```json",
			})
			return
		}
	}
}
