package screen

import (
	"cmp"
	"strings"
	"unicode/utf8"
)

// Column is a column of a table.
type Column struct {
	Name string
	// Flexible columns give way where the terminal is narrower than the table: their
	// texts go on in further lines.
	Flexible bool
}

// Table aligns cells in columns, within the width of a terminal. Where there is no
// terminal a row is one line, as long as it needs.
type Table struct {
	columns []Column
	rows    [][]Span
	// headings stand above the rows of these numbers.
	headings map[int]string
	indent   string
}

// NewTable makes a table with a heading.
func NewTable(columns ...Column) *Table {
	return &Table{columns: columns, headings: map[int]string{}}
}

// Heading puts a line above the next row, with an empty one before it.
func (t *Table) Heading(text string) { t.headings[len(t.rows)] = oneLine(text) }

// Indent puts the table so many blanks to the right.
func (t *Table) Indent(n int) *Table {
	t.indent = strings.Repeat(" ", n)
	return t
}

// Row adds a row; it has a cell for each column.
func (t *Table) Row(cells ...Span) {
	row := make([]Span, len(t.columns))
	for i := range row {
		row[i] = Span{Text: oneLine(strings.ReplaceAll(Text(cells[i].Text), "\t", " ")), Style: cells[i].Style}
	}
	t.rows = append(t.rows, row)
}

// gap is what stands between two columns.
const gap = "  "

// least is the width below which no column is squeezed: what is narrower is read letter
// by letter.
const least = 12

// Print writes the table.
func (t *Table) Print(to *Terminal) error {
	widths := t.widths(to.Width())
	var heading []Span
	for _, c := range t.columns {
		heading = append(heading, Span{c.Name, Faint})
	}
	for i, row := range append([][]Span{heading}, t.rows...) {
		if h, ok := t.headings[i-1]; ok {
			for _, line := range []Spans{{P("")}, {{Clip(h, cmp.Or(to.Width(), utf8.RuneCountInString(h))), Bold}}} {
				if err := to.Print(line...); err != nil {
					return err
				}
			}
		}
		for _, line := range t.lines(row, widths) {
			if err := to.Print(line...); err != nil {
				return err
			}
		}
	}
	return nil
}

// widths gives each column what its widest cell needs, and takes from the widest of
// the flexible ones until the table fits.
func (t *Table) widths(columns int) []int {
	widths := make([]int, len(t.columns))
	sum := len(t.indent) + len(gap)*(len(t.columns)-1)
	for i, c := range t.columns {
		widths[i] = utf8.RuneCountInString(c.Name)
		for _, row := range t.rows {
			widths[i] = max(widths[i], utf8.RuneCountInString(row[i].Text))
		}
		sum += widths[i]
	}
	for columns > 0 && sum > columns {
		widest := -1
		for i, c := range t.columns {
			if c.Flexible && widths[i] > least && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			break // what cannot give way is wider than the terminal
		}
		widths[widest]--
		sum--
	}
	return widths
}

// lines are those of one row.
func (t *Table) lines(row []Span, widths []int) []Spans {
	var lines []Spans
	for i, cell := range row {
		for n, text := range Wrap(cell.Text, widths[i]) {
			for len(lines) <= n {
				lines = append(lines, t.blank(widths))
			}
			lines[n][2*i+1] = Span{text, cell.Style}
			lines[n][2*i+2].Text = strings.Repeat(" ", widths[i]-utf8.RuneCountInString(text)) + gap
		}
	}
	for n := range lines {
		lines[n] = trimmed(lines[n])
	}
	return lines
}

// blank is a line of empty cells, each followed by the space up to the next.
func (t *Table) blank(widths []int) Spans {
	line := Spans{P(t.indent)}
	for _, w := range widths {
		line = append(line, P(""), P(strings.Repeat(" ", w)+gap))
	}
	return line
}

// trimmed is a line without the blanks at its end.
func trimmed(line Spans) Spans {
	for len(line) > 0 {
		last := &line[len(line)-1]
		if last.Text = strings.TrimRight(last.Text, " "); last.Text != "" {
			break
		}
		line = line[:len(line)-1]
	}
	return line
}
