package reports

import (
	"bytes"
	"fmt"
	"strings"
)

// row writes cells that are markup already.
func row(b *bytes.Buffer, cells ...string) {
	for _, c := range cells {
		b.WriteString("| " + c + " ")
	}
	b.WriteString("|\n")
}

// fence writes text as a block of code behind a fence longer than any run of
// backticks in it.
func fence(b *bytes.Buffer, text string) {
	text = clean(text)
	marks := "```"
	for strings.Contains(text, marks) {
		marks += "`"
	}
	fmt.Fprintf(b, "\n%stext\n%s\n%s\n", marks, strings.TrimRight(text, "\n"), marks)
}

// code is text from outside in one line, as code. Character references, not
// backticks: a pipe in a table's code span ends the cell, and no reference can
// stand for markup (CommonMark, section 2.5). An element and not mere text,
// because GitHub looks for mentions and issues in text.
func code(s string) string {
	if s = clip(line(s), maxCell); s == "" {
		return nothing
	}
	return "<code>" + references(s) + "</code>"
}

// prose is text from outside in one line, as text.
func prose(s string) string { return references(clip(line(s), maxCell)) }

// references spells what Markdown or HTML could take for markup as character
// references: delimiters everywhere, and what makes a bare address a link.
func references(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case strings.IndexByte("&<>|`*_~[]\\@$", c) >= 0,
			c == ':' && i+1 < len(s) && s[i+1] != ' ',
			c == '.' && i > 0 && (s[i-1] == 'w' || s[i-1] == 'W'):
			fmt.Fprintf(&b, "&#%d;", c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
