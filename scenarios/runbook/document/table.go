package document

import (
	"strings"

	extast "github.com/yuin/goldmark/extension/ast"
)

// table makes a statement of every row, with the header beside it.
func (w *walker) table(t *extast.Table) {
	var header []string
	role := w.role
	for r := t.FirstChild(); r != nil; r = r.NextSibling() {
		var cells []string
		offset, reason := -1, ""
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			raw, at := w.raw(c)
			if offset < 0 && raw != "" {
				offset = at
			}
			if r := exempted(raw); r != "" {
				reason = r
			}
			cells = append(cells, plain(strings.TrimSpace(raw)))
		}
		if _, isHeader := r.(*extast.TableHeader); isHeader {
			header = cells
			if len(cells) > 0 && roleOf(cells[0]) == RoleSymptom {
				w.role = RoleSymptom
			}
			continue
		}
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			w.links(c, max(offset, 0))
			w.spans(c, InCell)
		}
		if joined := strings.Join(cells, " | "); strings.Trim(joined, " |") != "" {
			w.add(Statement{Kind: Row, Text: joined, Header: header, Cells: cells, Untestable: reason, Block: -1, Of: -1}, max(offset, 0))
		}
	}
	w.role = role
}
