package lint

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/blocks"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

var blockLanguage = Rule{
	ID: "block-language", Title: "a block is what its fence says", Severity: Warning,
	Why: "what stands in a shell block is copied into a shell",
	Find: func(in Input, report func(Finding)) {
		lies := map[[2]string]*Finding{}
		var order []*Finding
		for i, b := range in.Document.Blocks {
			if b.Is == document.Shell {
				outputInComments(in, i, report)
			}
			is, line, whole := otherwise(in.Document, i)
			if is == "" {
				continue
			}
			if f := lies[[2]string{b.Info, is}]; f != nil {
				f.Others = append(f.Others, line)
				continue
			}
			f := &Finding{Line: line, Column: b.Column, Text: fmt.Sprintf("the fence says %s, what stands in it is %s", b.Info, is), Proposal: "give it a block of its own with a label that says what it is, or none"}
			if label := labelFor[is]; whole && label != "" {
				f.Proposal = "write the fence as ```" + label
				*f = f.withFix(b.Line-1, b.Info, label)
			}
			lies[[2]string{b.Info, is}] = f
			order = append(order, f)
		}
		for _, f := range order {
			report(*f)
		}
	},
}

// labelFor are the labels of what stands in mislabelled blocks.
var labelFor = map[string]string{document.YAML: "yaml", document.JSON: "json", "shell commands": "bash", "PowerShell": "powershell", "SQL": "sql"}

// otherwise is what a block holds against its label, in which line, and
// whether the whole of it is that.
func otherwise(d *document.Document, block int) (is string, line int, whole bool) {
	b := d.Blocks[block]
	for _, p := range d.In(block) {
		if p.Confidence < blocks.Sure || p.Prompt != "" {
			continue
		}
		if is = contrary(b.Info, p); is != "" {
			return is, p.Line, strings.Count(b.Text, "\n") <= p.To-p.From+1 && p.From == 0
		}
	}
	return "", 0, false
}

func contrary(label string, p document.Piece) string {
	if !isShell(label) {
		// Commands in a fence of another language.
		if p.Kind == blocks.Shell && label != "" {
			switch label {
			case "python", "py", "javascript", "js", "go", "ruby", "java", "sql", "yaml", "yml", "json":
				return "shell commands"
			}
		}
		return ""
	}
	switch p.Kind {
	case blocks.YAML:
		return document.YAML
	case blocks.JSON:
		return document.JSON
	case blocks.Config:
		return "settings of a file"
	case blocks.PowerShell:
		return "PowerShell"
	case blocks.SQL:
		return "SQL"
	case blocks.Console:
		if p.Language == "redis" {
			return "commands of redis-cli"
		}
		return "what is typed at the prompt of a program"
	case blocks.Code:
		return "a program in " + p.Language
	case blocks.Query:
		return "a query of " + p.Language
	}
	return ""
}

func isShell(says string) bool {
	switch says {
	case "bash", "sh", "shell", "zsh":
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
			if b.Column == 1 && isJSON(lines[n:]) {
				f = f.withBlockOfItsOwn(b, lines, n)
			}
			report(f)
			return
		}
	}
}

// isJSON tells whether the lines of comment at the beginning are JSON: only
// then is it sure where the output ends.
func isJSON(lines []string) bool {
	var text strings.Builder
	for _, line := range lines {
		if !strings.HasPrefix(strings.TrimSpace(line), "#") {
			break
		}
		text.WriteString(strings.Replace(line, "#", "", 1))
	}
	return json.Valid([]byte(text.String()))
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
