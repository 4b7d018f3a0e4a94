// Package document renders a runbook as the document that it is, with notes in its
// margin and below its lines. The text is anybody's: no markup of its own reaches the
// page, nothing in it loads or runs, and a link leads nowhere but to a heading of it or
// to a web page.
package document

import (
	"html"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Notes are what is said of a line. Both are HTML that the caller vouches for.
type Notes struct {
	// Margin stands beside the line, Below under the block that begins there.
	Margin, Below string
}

// Heading is one of the document's.
type Heading struct {
	Level        int
	Text, Anchor string
	Line         int
}

// HTML renders a document, of which notes say something by line, counted from one. Each
// line with notes has the anchor "line-N". Headings are a level lower than written: the
// page around it has a title of its own.
func HTML(source string, notes map[int]Notes) (body string, headings []Heading) {
	p := &page{source: withoutFrontMatter([]byte(source)), notes: maps.Clone(notes), taken: map[string]int{}, inline: inlines()}
	p.starts = []int{0}
	for i, c := range p.source {
		if c == '\n' {
			p.starts = append(p.starts, i+1)
		}
	}
	p.children(goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(p.source)))
	for _, line := range slices.Sorted(maps.Keys(p.notes)) { // of lines that are not shown
		anchors, margin, below := p.noted(line, line)
		p.beside("row", anchors, margin, below)
	}
	return p.String(), p.headings
}

// withoutFrontMatter blanks the metadata between two lines of dashes at the very
// beginning, so that all lines keep their numbers.
func withoutFrontMatter(source []byte) []byte {
	text := string(source)
	if !strings.HasPrefix(text, "---\n") {
		return source
	}
	end := strings.Index(text[4:], "\n---\n")
	if end < 0 || strings.Contains(text[4:4+end], "\n\n") {
		return source
	}
	end += 4 + len("\n---")
	return []byte(strings.Repeat("\n", strings.Count(text[:end], "\n")) + text[end:])
}

// Anchor is that of a heading, as GitHub makes it, behind "h-": so that none is one of
// the page's own.
func Anchor(heading string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(heading) {
		switch {
		case r == ' ':
			b.WriteByte('-')
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		}
	}
	return "h-" + b.String()
}

// comment is what a document says to machines and to its authors, tag any other markup.
var (
	comment = regexp.MustCompile(`(?s)<!--.*?(?:-->|$)`)
	tag     = regexp.MustCompile(`(?s)<[^<>]*>`)
)

// inlines renders what stands inside of a block.
func inlines() renderer.Renderer {
	return goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(
		renderer.WithNodeRenderers(util.Prioritized(safe{}, 1)),
	)).Renderer()
}

// safe renders the inlines that could lead out of the page.
type safe struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (safe) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindLink, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		return anchor(w, string(n.(*ast.Link).Destination), entering)
	})
	r.Register(ast.KindAutoLink, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		link := n.(*ast.AutoLink)
		status, err := anchor(w, string(link.URL(source)), entering)
		if entering {
			escaped(w, string(link.Label(source)))
		}
		return status, err
	})
	r.Register(ast.KindImage, func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
		escaped(w, map[bool]string{true: "[image: ", false: "]"}[entering])
		return ast.WalkContinue, nil
	})
	r.Register(ast.KindRawHTML, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		raw := n.(*ast.RawHTML)
		var b strings.Builder
		for i := range raw.Segments.Len() {
			segment := raw.Segments.At(i)
			b.Write(segment.Value(source))
		}
		if entering && lineBreak.MatchString(b.String()) {
			_, err := w.WriteString("<br>")
			return ast.WalkSkipChildren, err
		}
		return ast.WalkSkipChildren, nil
	})
}

var (
	lineBreak = regexp.MustCompile(`(?i)^<br\s*/?>$`)
	outside   = regexp.MustCompile(`(?i)^(?:https?://|mailto:)`)
)

// anchor begins or ends a link, if it leads to where one may.
func anchor(w util.BufWriter, to string, entering bool) (ast.WalkStatus, error) {
	heading, inside := strings.CutPrefix(to, "#")
	switch {
	case !inside && !outside.MatchString(to):
		return ast.WalkContinue, nil
	case !entering:
		_, err := w.WriteString("</a>")
		return ast.WalkContinue, err
	case inside:
		to = "#h-" + heading
	}
	_, err := w.WriteString(`<a rel="noreferrer" href="` + html.EscapeString(to) + `">`)
	return ast.WalkContinue, err
}

func escaped(w io.StringWriter, s string) {
	_, _ = w.WriteString(html.EscapeString(s)) // a buffer that reports its errors when it is flushed
}
