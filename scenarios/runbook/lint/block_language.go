package lint

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

var blockLanguage = Rule{
	ID: "block-language", Title: "a block is what its fence says", Severity: Warning,
	Why: "what stands in a shell block is copied into a shell",
	Find: func(in Input, report func(Finding)) {
		for i, b := range in.Document.Blocks {
			if isShell(b.Info) && (b.Is == document.YAML || b.Is == document.JSON) {
				f := Finding{
					Line: b.Line, Column: b.Column, Text: fmt.Sprintf("the fence says %s, what stands in it is %s", b.Info, b.Is),
					Proposal: fmt.Sprintf("write the fence as ```%s", b.Is),
				}
				report(f.withFix(b.Line-1, b.Info, b.Is))
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
	lines := strings.Split(strings.TrimRight(b.Text, "\n"), "\n")
	for n, line := range lines {
		if jsonComment.MatchString(line) {
			f := Finding{
				Line: b.Line + n, Column: 1, Text: "an output is printed in the comments of a shell block",
				Why:      "nobody checks a comment, and no tool compares it with what is really printed",
				Proposal: "close the block, write \"Expected output:\", and print it in a block of its own: ```json",
			}
			if b.Column == 1 {
				f = f.withBlockOfItsOwn(b, lines, n)
			}
			report(f)
			return
		}
	}
}

var announces = regexp.MustCompile(`(?i)^\s*#\s*(?:expected .*|output|prints|returns):\s*$`)

// withBlockOfItsOwn takes an output out of the comments of a shell block, from
// the line that announces it to the last line of comment, and opens the block
// again where commands follow.
func (f Finding) withBlockOfItsOwn(b document.Block, lines []string, n int) Finding {
	from, to := n, n
	if from > 0 && announces.MatchString(lines[from-1]) {
		from--
	}
	for from > 0 && strings.TrimSpace(lines[from-1]) == "" {
		from--
	}
	for to < len(lines) && strings.HasPrefix(strings.TrimSpace(lines[to]), "#") {
		to++
	}
	var output []string
	for _, line := range lines[n:to] {
		output = append(output, strings.TrimPrefix(strings.Replace(line, "#", "", 1), " "))
	}
	fence := "```"
	text := fence + "\n\nExpected output:\n\n" + fence + "json\n" + strings.Join(output, "\n")
	old := strings.Join(lines[from:to], "\n")
	if to < len(lines) {
		old += "\n"
		text += "\n" + fence + "\n\n" + fence + b.Info + "\n"
		for to < len(lines) && strings.TrimSpace(lines[to]) == "" {
			old += lines[to] + "\n"
			to++
		}
	}
	return f.withFix(b.Line+from, old, text)
}
