package document

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// walker goes through the parsed Markdown and keeps where it is.
type walker struct {
	d   *Document
	src []byte

	headings []Heading // open ones, outermost first
	role     Role
	// exempt is the reason given for the whole section.
	exempt string
	// command is the last command of the same section, plus one.
	command int
}

// lastCommand is the last command of the same section before this place, or -1.
func (w *walker) lastCommand() int { return w.command - 1 }

// exemption is what a comment gives as the reason why nothing can be tried.
var exemption = regexp.MustCompile(`(?s)<!--\s*untestable:\s*(.+?)\s*-->`)

func exempted(raw string) string {
	if !strings.Contains(raw, "<!--") {
		return ""
	}
	if m := exemption.FindStringSubmatch(raw); m != nil {
		return strings.Join(strings.Fields(m[1]), " ")
	}
	return ""
}

// sections are the headings above what is being read, without the title where
// there is anything below it.
func (w *walker) sections() []string {
	var list []string
	for _, h := range w.headings {
		list = append(list, h.Text)
	}
	return list
}

func (w *walker) add(s Statement, offset int) int {
	s.Sections = w.sections()
	s.Role = w.role
	if s.Untestable == "" {
		s.Untestable = w.exempt
	}
	if s.Line == 0 {
		s.Line, s.Column = w.d.Position(offset)
	}
	if s.Kind == "" || strings.TrimSpace(s.Text) == "" {
		return -1
	}
	w.d.Statements = append(w.d.Statements, s)
	if s.Kind == Command {
		w.command = len(w.d.Statements)
	}
	return len(w.d.Statements) - 1
}

func (w *walker) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.node(c)
	}
}

func (w *walker) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		w.heading(n)
	case *ast.Paragraph:
		w.paragraph(n)
	case *ast.TextBlock:
		w.item(n)
	case *ast.FencedCodeBlock:
		language := ""
		if n.Info != nil {
			language = string(n.Language(w.src))
		}
		w.block(n, language)
	case *ast.CodeBlock:
		w.block(n, "")
	case *extast.Table:
		w.table(n)
	case *ast.HTMLBlock:
		// Right below a heading a reason is that of all that follows.
		if _, first := n.PreviousSibling().(*ast.Heading); first {
			raw, _ := w.raw(n)
			w.exempt = exempted(raw)
		}
	case *ast.ThematicBreak:
	default:
		if n.Type() != ast.TypeInline {
			w.children(n)
		}
	}
}

func (w *walker) heading(n *ast.Heading) {
	raw, offset := w.raw(n)
	title := strings.ReplaceAll(plain(raw), "`", "")
	line, _ := w.d.Position(offset)
	for len(w.headings) > 0 && w.headings[len(w.headings)-1].Level >= n.Level {
		w.command = 0
		w.headings = w.headings[:len(w.headings)-1]
	}
	w.role, w.exempt = NoRole, ""
	if title == "" {
		return
	}
	h := Heading{Level: n.Level, Text: title, Line: line}
	w.d.Headings = append(w.d.Headings, h)
	w.links(n, offset)
	if roleHeadings.MatchString(title) {
		w.role = roleOf(title)
		return
	}
	h.Text = unnumbered(title)
	if h.Text == "" {
		h.Text = title
	}
	w.headings = append(w.headings, h)
	w.command = 0
}

// raw is a block's text as written, and where it begins.
func (w *walker) raw(n ast.Node) (string, int) {
	lines := n.Lines()
	if lines == nil || lines.Len() == 0 {
		return "", max(offsetOf(n), 0)
	}
	var b strings.Builder
	for i := range lines.Len() {
		segment := lines.At(i)
		b.Write(segment.Value(w.src))
	}
	return strings.TrimRight(b.String(), "\n"), lines.At(0).Start
}

// maxLabel bounds the words of a label; what is longer is a sentence.
const maxLabel = 8

func (w *walker) paragraph(n ast.Node) {
	raw, offset := w.raw(n)
	text := plain(raw)
	if w.label(raw, text, n) {
		return
	}
	if _, inItem := n.Parent().(*ast.ListItem); inItem && n.PreviousSibling() == nil {
		w.item(n)
		return
	}
	// A list of symptoms ends where sentences begin again.
	if _, afterList := n.PreviousSibling().(*ast.List); afterList && w.role == RoleSymptom {
		w.role = NoRole
	}
	w.links(n, offset)
	w.spans(n, InSpan)
	if onlyLink(n) || w.onlyCommand(n) {
		return
	}
	at, reason := 0, exempted(raw)
	for _, line := range hardLines(raw) {
		for _, s := range sentences(line) {
			if text := plain(s.text); text != "" {
				begin := offset + at + s.at
				w.add(Statement{Kind: Prose, Text: text, Untestable: reason, Block: -1, Of: -1}, w.firstWord(begin, raw, at+s.at, n))
			}
		}
		at += len(line)
	}
}

// hardLines splits a paragraph where its author broke the line on purpose.
func hardLines(raw string) []string {
	var list []string
	begin := 0
	for i := 0; i < len(raw); i++ {
		if raw[i] == '\n' && (strings.HasSuffix(raw[:i], "  ") || strings.HasSuffix(raw[:i], `\`)) {
			list = append(list, raw[begin:i+1])
			begin = i + 1
		}
	}
	return append(list, raw[begin:])
}

// firstWord is the offset in the source of a place in a block's text: the
// block's lines may be prefixed by a quotation mark or an indentation.
func (w *walker) firstWord(fallback int, raw string, at int, n ast.Node) int {
	for at < len(raw) && (raw[at] == ' ' || raw[at] == '\n') {
		at++
	}
	lines := n.Lines()
	for i := range lines.Len() {
		segment := lines.At(i)
		if at < segment.Len() {
			return segment.Start + at - segment.Padding
		}
		at -= segment.Len()
	}
	return fallback
}

// label takes a short line that ends with a colon, or is bold as a whole, for
// the label of what follows.
func (w *walker) label(raw, text string, n ast.Node) bool {
	bare := strings.Trim(text, "`")
	bold := strings.HasPrefix(raw, "**") && strings.HasSuffix(strings.TrimSpace(raw), "**") && strings.Count(raw, "**") == 2
	colon := strings.HasSuffix(bare, ":") && n.NextSibling() != nil
	if !bold && !colon || bare == "" {
		return false
	}
	if len(strings.Fields(bare)) > maxLabel && roleOf(bare) == NoRole {
		return false
	}
	if len(strings.Fields(bare)) > 2*maxLabel {
		return false
	}
	// A bold label begins something new; a line with a colon only if it says what.
	if role := roleOf(bare); role != NoRole || bold {
		w.role = role
	}
	return true
}

func (w *walker) item(n ast.Node) {
	raw, offset := w.raw(n)
	w.links(n, offset)
	w.spans(n, InSpan)
	if onlyLink(n) {
		return
	}
	kind := Item
	if w.role == RoleSymptom {
		kind = Symptom
	}
	w.add(Statement{Kind: kind, Text: unnumbered(plain(raw)), Untestable: exempted(raw), Block: -1, Of: -1}, offset)
}

// onlyLink tells whether a block holds one link and nothing else.
func onlyLink(n ast.Node) bool {
	first := n.FirstChild()
	if first == nil || first.NextSibling() != nil {
		return false
	}
	switch first.(type) {
	case *ast.Link, *ast.AutoLink, *ast.Image:
		return true
	}
	return false
}

// links adds the links below a node.
func (w *walker) links(n ast.Node, fallback int) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		s := Statement{Kind: Link, Block: -1, Of: -1}
		switch l := c.(type) {
		case *ast.Link:
			s.Target, s.Text = string(l.Destination), w.inline(l)
		case *ast.Image:
			s.Target, s.Text = string(l.Destination), w.inline(l)
		case *ast.AutoLink:
			s.Target, s.Text = string(l.URL(w.src)), string(l.Label(w.src))
		default:
			w.links(c, fallback)
			continue
		}
		if s.Text == "" {
			s.Text = s.Target
		}
		at := offsetOf(c)
		if at < 0 {
			at = fallback
		}
		w.add(s, at)
	}
}

func (w *walker) inline(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch t := c.(type) {
		case *ast.Text:
			b.Write(t.Segment.Value(w.src))
		default:
			b.WriteString(w.inline(c))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
