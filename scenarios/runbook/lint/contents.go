package lint

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

var contents = Rule{
	ID: "contents", Title: "the list of contents is complete", Severity: Info,
	Why: "what the contents do not name is not looked for",
	Find: func(in Input, report func(Finding)) {
		listed := map[string]bool{}
		section, line := "", 0
		for _, s := range in.Document.Statements {
			if s.Kind == document.Link && len(s.Target) > 1 && s.Target[0] == '#' && isContents(s.Section()) {
				listed[s.Target[1:]] = true
				section, line = s.Section(), s.Line
			}
		}
		if len(listed) == 0 {
			return
		}
		level := 0
		for _, h := range in.Document.Headings {
			if listed[h.Anchor] && (level == 0 || h.Level < level) {
				level = h.Level
			}
		}
		for _, h := range in.Document.Headings {
			if h.Level == level && !listed[h.Anchor] && h.Text != section && h.Line > line {
				entry := fmt.Sprintf("[%s](#%s)", h.Text, h.Anchor)
				f := Finding{Line: h.Line, Column: 1, Text: fmt.Sprintf("the contents do not name the section %q", h.Text), Proposal: "add " + entry + " to the contents"}
				last := in.Document.Line(line)
				report(f.withFix(line, last, last+"\n"+nextItem(last)+entry))
			}
		}
	},
}

var itemMark = regexp.MustCompile(`^(\s*)(?:([-*+])|(\d+)([.)]))(\s+)`)

// nextItem is the mark of the item that follows a line of a list.
func nextItem(line string) string {
	m := itemMark.FindStringSubmatch(line)
	switch {
	case m == nil:
		return "- "
	case m[2] != "":
		return m[1] + m[2] + m[5]
	}
	n, _ := strconv.Atoi(m[3])
	return fmt.Sprintf("%s%d%s%s", m[1], n+1, m[4], m[5])
}

func isContents(heading string) bool {
	switch document.Normal(heading) {
	case "contents", "table of contents", "toc", "index", "inhalt", "inhaltsverzeichnis":
		return true
	}
	return false
}
