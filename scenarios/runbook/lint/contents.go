package lint

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

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
		var missing []document.Heading
		after := 0 // the last heading that is listed
		for _, h := range in.Document.Headings {
			switch {
			case h.Level == level && listed[h.Anchor]:
				after = h.Line
			case h.Level == level && h.Text != section && h.Line > line && !records[document.Normal(h.Text)]:
				missing = append(missing, h)
			}
		}
		if len(missing) == 0 {
			return
		}
		var names []string
		last := in.Document.Line(line)
		entries, mark := last, last
		f := Finding{Line: missing[0].Line, Column: 1}
		for _, h := range missing {
			names = append(names, fmt.Sprintf("%q", h.Text))
			f.Others = append(f.Others, h.Line)
			entry := nextItem(mark) + fmt.Sprintf("[%s](#%s)", h.Text, h.Anchor)
			entries, mark = entries+"\n"+entry, entry
		}
		f.Text = "the contents do not name the section " + strings.Join(names, ", ")
		f.Proposal = "add it to the contents"
		if missing[0].Line > after && itemMark.MatchString(last) {
			f = f.withFix(line, last, entries) // all of them come behind the last that is listed
		}
		report(f)
	},
}

// records are sections that nobody looks for at night.
var records = map[string]bool{"revision history": true, "change log": true, "changelog": true, "history": true, "license": true, "changes": true}

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
