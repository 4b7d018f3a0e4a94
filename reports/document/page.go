package document

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"sort"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
)

// page writes the blocks of a document.
type page struct {
	strings.Builder
	source   []byte
	starts   []int // of the lines
	notes    map[int]Notes
	headings []Heading
	taken    map[string]int
	inline   renderer.Renderer
}

func (p *page) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		p.block(c)
	}
}

func (p *page) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		p.heading(n)
	case *ast.Paragraph:
		p.row(n, "<p>"+p.inlines(n)+"</p>")
	case *ast.TextBlock:
		p.row(n, p.inlines(n))
	case *ast.List:
		p.list(n)
	case *ast.Blockquote:
		p.WriteString("<blockquote>")
		p.children(n)
		p.WriteString("</blockquote>\n")
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		p.code(n)
	case *ast.HTMLBlock:
		p.raw(n)
	case *ast.ThematicBreak:
		p.WriteString("<hr>\n")
	case *extast.Table:
		p.table(n)
	default:
		p.children(n)
	}
}

// lineOf is the line of an offset in the source, counted from one.
func (p *page) lineOf(offset int) int { return sort.SearchInts(p.starts, offset+1) }

// lines are the first and the last line of a block's text; 0 where it has none.
func (p *page) lines(n ast.Node) (first, last int) {
	if n.Type() != ast.TypeInline && n.Lines() != nil && n.Lines().Len() > 0 {
		segments := n.Lines()
		return p.lineOf(segments.At(0).Start), p.lineOf(max(segments.At(segments.Len()-1).Stop-1, segments.At(0).Start))
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		from, to := p.lines(c)
		if first == 0 {
			first = from
		}
		last = max(last, to)
	}
	return first, last
}

// inlines renders what stands in a block.
func (p *page) inlines(n ast.Node) string {
	var b bytes.Buffer
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if err := p.inline.Render(&b, p.source, c); err != nil {
			return html.EscapeString(string(n.Text(p.source))) //nolint:staticcheck // the text alone, where it cannot be rendered
		}
	}
	return strings.TrimRight(b.String(), " \n")
}

// noted collects what is said of the lines of a block, and takes it away.
func (p *page) noted(first, last int) (anchors, margin, below string) {
	for number := first; number <= last && first > 0; number++ {
		notes, ok := p.notes[number]
		if !ok {
			continue
		}
		delete(p.notes, number)
		anchors += fmt.Sprintf(`<span id="line-%d"></span>`, number)
		margin += notes.Margin
		below += notes.Below
	}
	return anchors, margin, below
}

// row writes a block with what stands beside and below it.
func (p *page) row(n ast.Node, content string) {
	anchors, margin, below := p.noted(p.lines(n))
	p.beside("row", anchors+content, margin, below)
}

func (p *page) beside(class, content, margin, below string) {
	fmt.Fprintf(p, `<div class="%s"><div>%s</div>`, class, content)
	if margin != "" {
		fmt.Fprintf(p, `<div class="margin">%s</div>`, margin)
	}
	p.WriteString("</div>\n" + below)
}

func (p *page) heading(n *ast.Heading) {
	first, _ := p.lines(n)
	content := p.inlines(n)
	words := html.UnescapeString(tag.ReplaceAllString(content, ""))
	anchor := Anchor(words)
	p.taken[anchor]++
	if times := p.taken[anchor]; times > 1 {
		anchor = fmt.Sprintf("%s-%d", anchor, times-1)
	}
	if words != "" {
		p.headings = append(p.headings, Heading{n.Level, words, anchor, first})
	}
	level := min(n.Level+1, 6)
	p.row(n, fmt.Sprintf(`<h%d id="%s" class="h%d">%s</h%d>`, level, html.EscapeString(anchor), n.Level, content, level))
}

func (p *page) list(n *ast.List) {
	element, start := "ul", ""
	if n.IsOrdered() {
		element = "ol"
		if n.Start > 1 {
			start = fmt.Sprintf(` start="%d"`, n.Start)
		}
	}
	fmt.Fprintf(p, "<%s%s>\n", element, start)
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		p.WriteString("<li>")
		p.children(item)
		p.WriteString("</li>\n")
	}
	fmt.Fprintf(p, "</%s>\n", element)
}

// code writes a block of code: where something is said of a line, what follows begins
// a part of its own, so that the note stands beside it.
func (p *page) code(n ast.Node) {
	segments := n.Lines()
	if segments == nil || segments.Len() == 0 {
		return
	}
	p.WriteString(`<div class="block">` + "\n")
	var part strings.Builder
	var anchors, margin, below string
	give := func() {
		if part.Len() > 0 || margin+below != "" {
			p.beside("row", anchors+"<pre><code>"+part.String()+"</code></pre>", margin, below)
		}
		part.Reset()
		anchors, margin, below = "", "", ""
	}
	for i := range segments.Len() {
		segment := segments.At(i)
		line := string(segment.Value(p.source))
		number := p.lineOf(segment.Start)
		_, ok := p.notes[number]
		// What is said of a command stands beside and below that, and not below the comment
		// on the next one.
		if ok || margin+below != "" && aside.MatchString(line) {
			give()
		}
		if ok {
			anchors, margin, below = p.noted(number, number)
		}
		part.WriteString(html.EscapeString(line))
	}
	give()
	p.WriteString("</div>\n")
}

// aside is a line of code that is blank or a comment.
var aside = regexp.MustCompile(`^\s*(?:$|#|--|//)`)

// raw writes what an HTML block says: its text, without markup and comments.
func (p *page) raw(n *ast.HTMLBlock) {
	var b strings.Builder
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		b.Write(segment.Value(p.source))
	}
	if n.HasClosure() {
		b.Write(n.ClosureLine.Value(p.source))
	}
	words := strings.TrimSpace(html.UnescapeString(tag.ReplaceAllString(comment.ReplaceAllString(b.String(), ""), "")))
	anchors, margin, below := p.noted(p.lines(n))
	if words == "" && margin+below == "" {
		return
	}
	p.beside("row", anchors+"<p>"+html.EscapeString(words)+"</p>", margin, below)
}

// table writes a table with one more column, which is the margin.
func (p *page) table(n *extast.Table) {
	columns := 0
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		columns = max(columns, row.ChildCount())
	}
	fmt.Fprintf(p, `<table class="c%d">`+"\n", min(columns, maxColumns))
	body := false
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		element, scope := "td", ""
		if _, header := row.(*extast.TableHeader); header {
			element, scope = "th", ` scope="col"`
			p.WriteString("<thead>")
		} else if !body {
			body = true
			p.WriteString("<tbody>")
		}
		anchors, margin, below := p.noted(p.lines(row))
		p.WriteString("<tr>")
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			fmt.Fprintf(p, "<%s%s>%s%s</%s>", element, scope, anchors, p.inlines(cell), element)
			anchors = ""
		}
		if scope != "" {
			fmt.Fprintf(p, `<td class="margin">%s</td></tr></thead>`+"\n", margin+below)
			continue
		}
		fmt.Fprintf(p, `<td class="margin">%s</td></tr>`+"\n", margin)
		if below != "" {
			fmt.Fprintf(p, `<tr class="below"><td colspan="%d">%s</td></tr>`+"\n", columns+1, below)
		}
	}
	if body {
		p.WriteString("</tbody>")
	}
	p.WriteString("</table>\n")
}

// maxColumns bounds the columns for which there is a layout on a telephone.
const maxColumns = 6
