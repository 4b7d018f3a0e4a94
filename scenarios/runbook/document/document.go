package document

import (
	"bytes"
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// Document is a runbook that has been read.
type Document struct {
	// Source is the text that positions refer to: without a byte order mark,
	// with plain newlines.
	Source []byte
	// Encoding is the one that the file was in, where that was not UTF-8.
	Encoding   string
	Headings   []Heading
	Statements []Statement
	Blocks     []Block
	// Pieces are what stands in blocks and code spans, each of one kind.
	Pieces   []Piece
	Problems []Problem
	// Title is the first heading of the first level, or the first heading.
	Title string

	lines []int // offset of each line
}

// Heading is a heading with the anchor that renderers give it.
type Heading struct {
	Level  int
	Text   string
	Anchor string
	Line   int
}

// Block is a fenced or indented block of code.
type Block struct {
	// Info is the language that the fence names, Is the one it was read as.
	Info, Is string
	// Line is that of the first line inside.
	Line, Column int
	Text         string
	Sections     []string

	from, to int // its pieces
}

// In are the pieces of a block.
func (d *Document) In(block int) []Piece {
	b := d.Blocks[block]
	return d.Pieces[b.from:b.to]
}

// Problem is something that could not be read.
type Problem struct {
	Line, Column int
	// What is the language that does not parse, or "text".
	What string
	Text string
}

// maxBad is the share of bytes that are no text above which a file is no
// document, one in so many.
const maxBad = 20

// Parse reads a runbook. It never fails: what is no text has no statements, and
// what does not parse is a problem of the document.
func Parse(source []byte) *Document {
	d := &Document{}
	source, d.Encoding = decoded(source)
	if source == nil && d.Encoding != "" {
		d.Problems = append(d.Problems, Problem{Line: 1, Column: 1, What: "text", Text: "this file is in " + d.Encoding + ", not in UTF-8"})
		return d
	}
	if bad := countBad(source); bad > 0 && bad*maxBad > len(source) {
		d.Problems = append(d.Problems, Problem{Line: 1, Column: 1, What: "text", Text: "this is not a text file"})
		return d
	}
	source = bytes.ToValidUTF8(source, []byte("\uFFFD"))
	source = bytes.ReplaceAll(source, []byte("\r\n"), []byte("\n"))
	source = bytes.ReplaceAll(source, []byte("\r"), []byte("\n"))
	source = bytes.ReplaceAll(source, []byte{0}, []byte(" "))
	d.Source = source
	d.lines = []int{0}
	for i, c := range source {
		if c == '\n' {
			d.lines = append(d.lines, i+1)
		}
	}
	w := &walker{d: d, src: source}
	markdown := goldmark.New(goldmark.WithExtensions(extension.Table))
	w.src = rendered(source)
	root := markdown.Parser().Parse(text.NewReader(w.src))
	w.children(root)
	d.anchor()
	d.identify()
	return d
}

func countBad(source []byte) int {
	bad := 0
	for i := 0; i < len(source); {
		r, size := utf8.DecodeRune(source[i:])
		if (r == utf8.RuneError && size == 1) || r == 0 {
			bad++
		}
		i += size
	}
	return bad
}

// withoutFrontMatter blanks the metadata at the very beginning, between two
// lines of dashes (YAML) or plus signs (TOML), so that all positions stay.
func withoutFrontMatter(source []byte) []byte {
	mark := "---"
	if bytes.HasPrefix(source, []byte("+++\n")) {
		mark = "+++"
	} else if !bytes.HasPrefix(source, []byte("---\n")) {
		return source
	}
	end := bytes.Index(source[3:], []byte("\n"+mark+"\n"))
	if end < 0 || mark == "---" && !metadata(source[4:3+end+1]) {
		return source
	}
	blank := bytes.Clone(source)
	fill(blank[:end+3+len("\n"+mark)])
	return blank
}

// metadata tells whether lines are keys, values and comments, and no Markdown
// between two rules.
func metadata(text []byte) bool {
	keys := 0
	for _, line := range bytes.Split(text, []byte("\n")) {
		switch {
		case len(bytes.TrimSpace(line)) == 0, line[0] == ' ', line[0] == '-', line[0] == '#', line[0] == '\t', line[0] == ']', line[0] == '}':
		case metaKey.Match(line):
			keys++
		default:
			return false
		}
	}
	return keys > 0
}

var metaKey = regexp.MustCompile(`^["']?[A-Za-z_][\w. -]*["']?:(?:\s|$)`)

// Position turns an offset in Source into line and column.
func (d *Document) Position(offset int) (line, column int) {
	if len(d.lines) == 0 {
		return 1, 1
	}
	offset = min(max(offset, 0), len(d.Source))
	line = sort.SearchInts(d.lines, offset+1)
	return line, utf8.RuneCount(d.Source[d.lines[line-1]:offset]) + 1
}

// Line is the text of a line, counted from one.
func (d *Document) Line(n int) string {
	if n < 1 || n > len(d.lines) {
		return ""
	}
	from, to := d.lines[n-1], len(d.Source)
	if n < len(d.lines) {
		to = d.lines[n] - 1
	}
	return string(d.Source[from:to])
}

// anchor gives every heading the anchor that GitHub gives it.
func (d *Document) anchor() {
	seen := map[string]int{}
	for i := range d.Headings {
		h := &d.Headings[i]
		if d.Title == "" && h.Level == 1 {
			d.Title = h.Text
		}
		h.Anchor = Anchor(h.Text)
		seen[h.Anchor]++
		if n := seen[h.Anchor]; n > 1 {
			h.Anchor += "-" + itoa(n-1)
		}
	}
	if d.Title == "" && len(d.Headings) > 0 {
		d.Title = d.Headings[0].Text
	}
}

// offsetOf is where a node's text begins, or -1.
func offsetOf(n ast.Node) int {
	if t, ok := n.(*ast.Text); ok {
		return t.Segment.Start
	}
	if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
		return n.Lines().At(0).Start
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if at := offsetOf(c); at >= 0 {
			return at
		}
	}
	return -1
}

// Anchor is the anchor of a heading, as GitHub makes it: small letters, words
// joined by hyphens, other marks dropped.
func Anchor(heading string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.ReplaceAll(heading, "`", "")) {
		switch {
		case r == ' ':
			b.WriteByte('-')
		case r == '-' || r == '_' || isWord(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}
