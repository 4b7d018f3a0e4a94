package document

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/runproof/runproof/scenarios/runbook/blocks"
)

// spans adds the code spans below a node that are commands or queries.
func (w *walker) spans(n ast.Node, origin Origin) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		span, ok := c.(*ast.CodeSpan)
		if !ok {
			if c.Type() == ast.TypeInline {
				w.spans(c, origin)
			}
			continue
		}
		if p, at := w.span(span); p.Kind != blocks.Other {
			line, column := w.d.Position(at)
			w.d.Pieces = append(w.d.Pieces, Piece{Piece: p, Origin: origin, Block: -1, Line: line, Column: column, Statement: -1, Sections: w.sections()})
		}
	}
}

// span is what a code span is, and where it begins.
func (w *walker) span(n *ast.CodeSpan) (blocks.Piece, int) {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Segment.Value(w.src))
		}
	}
	text := strings.TrimPrefix(strings.TrimSpace(b.String()), "$ ")
	// A pipe in a cell of a table is written with a backslash.
	return blocks.Span(strings.ReplaceAll(text, `\|`, "|")), max(offsetOf(n), 0)
}

// onlyCommand makes a statement of a paragraph that is one code span and
// surely a command or a query: it is a block in all but form.
func (w *walker) onlyCommand(n ast.Node) bool {
	span, ok := n.FirstChild().(*ast.CodeSpan)
	if !ok || span.NextSibling() != nil {
		return false
	}
	p, at := w.span(span)
	if p.Confidence != blocks.Sure {
		return false
	}
	s := Statement{Text: p.Text, Language: p.Language, Block: -1, Of: -1}
	switch p.Kind {
	case blocks.Shell:
		s.Kind = Command
	case blocks.SQL:
		s.Kind = Query
	default:
		return false
	}
	w.d.Pieces[len(w.d.Pieces)-1].Statement = w.add(s, at)
	return true
}
