package document

import (
	"bytes"
	"regexp"
	"unicode/utf16"
)

// decoded is a text in UTF-8, and the name of the encoding that it was in.
func decoded(source []byte) ([]byte, string) {
	switch {
	case bytes.HasPrefix(source, []byte("\xef\xbb\xbf")):
		return source[3:], ""
	case bytes.HasPrefix(source, []byte("\xff\xfe\x00\x00")), bytes.HasPrefix(source, []byte("\x00\x00\xfe\xff")):
		return nil, "UTF-32"
	case bytes.HasPrefix(source, []byte("\xff\xfe")):
		return wide(source[2:], 1, 0), "UTF-16"
	case bytes.HasPrefix(source, []byte("\xfe\xff")):
		return wide(source[2:], 0, 1), "UTF-16"
	}
	return source, ""
}

// wide decodes UTF-16 whose units have their high byte at one offset and their
// low byte at the other.
func wide(source []byte, high, low int) []byte {
	units := make([]uint16, len(source)/2)
	for i := range units {
		units[i] = uint16(source[2*i+high])<<8 | uint16(source[2*i+low])
	}
	return []byte(string(utf16.Decode(units)))
}

// rendered blanks what a renderer takes away before it reads Markdown, and
// what would take long to read; all positions stay.
func rendered(source []byte) []byte {
	source = withoutFrontMatter(source)
	var out []byte
	write := func() []byte {
		if out == nil {
			out = bytes.Clone(source)
		}
		return out
	}
	fence := ""
	run := 0 // marks since the last line that begins a block
	for begin := 0; begin < len(source); {
		end := len(source)
		if newline := bytes.IndexByte(source[begin:], '\n'); newline >= 0 {
			end = begin + newline
		}
		line := source[begin:end]
		mark, says := "", ""
		if bytes.Contains(line, []byte("```")) || bytes.Contains(line, []byte("~~~")) {
			mark, says = fenceOf(string(bytes.TrimLeft(line, " \t>-*+0123456789.")))
		}
		if fence != "" && mark == "" {
			begin = end + 1
			continue // code is not looked into
		}
		switch {
		case mark != "" && fence == "":
			fence = mark
		case mark != "" && says == "" && len(mark) >= len(fence) && mark[0] == fence[0]:
			fence = ""
		case fence == "":
			if t := bytes.TrimLeft(line, " \t"); len(t) > 0 && t[0] == '<' && len(t) < maxTag && tagged.Match(line) {
				for _, at := range tags.FindAllIndex(line, -1) {
					fill(write()[begin+at[0] : begin+at[1]])
				}
			}
			if begin < maxImports && esm.Match(line) {
				fill(write()[begin:end])
			}
		}
		marked := 0
		if begins(line) {
			run = 0
		}
		for i, c := range line {
			if c == '*' || c == '_' || c == '[' || c == ']' || c == '~' {
				if marked, run = marked+1, run+1; marked > maxMarks || run > maxRun {
					write()[begin+i] = ' '
				}
			}
		}
		shallow(line, func(at int) { write()[begin+at] = ' ' })
		begin = end + 1
	}
	if out == nil {
		return source
	}
	return out
}

func fill(b []byte) {
	for i := range b {
		if b[i] != '\n' {
			b[i] = ' '
		}
	}
}

// maxTag bounds a line of tags, in bytes.
const maxTag = 2000

// maxMarks and maxRun bound the marks of emphasis and links in one line and in
// one paragraph: the time to pair them grows with the square of their number.
const (
	maxMarks = 1000
	maxRun   = 4000
)

// begins tells whether a line begins a block of its own.
func begins(line []byte) bool {
	line = bytes.TrimLeft(line, " \t")
	return len(line) == 0 || bytes.IndexByte([]byte("-*+#|>"), line[0]) >= 0 || line[0] >= '0' && line[0] <= '9'
}

// maxImports bounds the beginning of a file, in bytes, where imports of
// components stand.
const maxImports = 4000

var (
	// tagged is a line of nothing but tags of components, or of HTML that folds
	// or groups: Markdown goes on inside.
	tagged = regexp.MustCompile(`^\s*(?:</?(?:[A-Z][\w.]*|details|summary|div|section|center|tabs?|tabitem|steps?|note|tip|warning|br)(?:\s[^<>]*|\s(?:[^<>]|=>|\{[^}]*\})*)?/?>\s*)+(?:[^<>]*</summary>)?\s*$`)
	// esm is a line that imports a component.
	esm = regexp.MustCompile(`^(?:import\s.*from\s+['"].*['"];?|export\s+(?:const|default)\s.*)\s*$`)
)

// maxDeep bounds lists and quotations in one another: each costs time in every
// line below it.
const maxDeep = 40

// shallow calls drop for every mark of a list or a quotation beyond the
// deepest that is read, and for the indentation that would be deeper.
func shallow(line []byte, drop func(at int)) {
	depth, at := 0, 0
	for at < len(line) {
		switch c := line[at]; {
		case c == ' ' || c == '\t':
			at++
			continue
		case c == '>':
		case (c == '-' || c == '*' || c == '+') && at+1 < len(line) && line[at+1] == ' ':
		default:
			n := at
			for n < len(line) && line[n] >= '0' && line[n] <= '9' {
				n++
			}
			if n == at || n-at > 9 || n+1 >= len(line) || (line[n] != '.' && line[n] != ')') || line[n+1] != ' ' {
				return
			}
			if depth >= maxDeep || at >= maxIndent {
				for i := at; i <= n; i++ {
					drop(i)
				}
			}
			at = n
		}
		if depth >= maxDeep || at >= maxIndent {
			drop(at)
		}
		depth++
		at++
	}
}

// maxIndent bounds the column, in bytes, at which an item of a list can begin.
const maxIndent = 4 * maxDeep
