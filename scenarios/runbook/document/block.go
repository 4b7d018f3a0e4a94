package document

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/runproof/runproof/scenarios/runbook/blocks"
)

// Languages that blocks are read as.
const (
	Shell   = "shell"
	SQL     = "sql"
	YAML    = "yaml"
	JSON    = "json"
	Printed = "output" // lines that something prints
	Other   = "other"
)

// Origin is where a piece stands.
type Origin string

// The places of pieces.
const (
	InBlock Origin = "block" // a fenced or indented block
	InSpan  Origin = "span"  // a code span of a sentence
	InCell  Origin = "cell"  // a code span of a table
)

// Piece is a run of lines of a block, or a code span, that is of one kind.
type Piece struct {
	blocks.Piece
	Origin Origin
	// Block is the index of the block it stands in, or -1.
	Block int
	// Line and Column are those of its first character.
	Line, Column int
	// Statement is the first statement made of it, or -1.
	Statement int
	Sections  []string
}

// code is a block's text with the place of each of its lines, for a block may
// stand in a list or a quotation.
type code struct {
	w     *walker
	block int
	text  string
	at    []int // offset in the source of each line
	start []int // offset in text of each line
}

// place is the offset in the source of an offset in the block's text.
func (c *code) place(offset int) int {
	i := c.lineOf(offset)
	if i < 0 {
		return 0
	}
	return c.at[i] + offset - c.start[i]
}

// lineOf is the index of the line that an offset in the text falls into.
func (c *code) lineOf(offset int) int {
	low, high := 0, len(c.start)
	for low < high {
		middle := (low + high) / 2
		if c.start[middle] <= offset {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low - 1
}

// line is the text of a line, counted from zero.
func (c *code) line(i int) string {
	to := len(c.text)
	if i+1 < len(c.start) {
		to = c.start[i+1]
	}
	return strings.TrimRight(c.text[c.start[i]:to], "\n")
}

func (c *code) add(s Statement, offset int) int {
	s.Block = c.block
	return c.w.add(s, c.place(offset))
}

func (c *code) problem(what, text string, offset int) {
	line, column := c.w.d.Position(c.place(offset))
	c.w.d.Problems = append(c.w.d.Problems, Problem{Line: line, Column: column, What: what, Text: text})
}

// block reads a block; one that holds fences itself, as the indented content
// of a tab does, is read as those.
func (w *walker) block(n ast.Node, says string) {
	lines := n.Lines()
	if lines == nil || lines.Len() == 0 {
		return
	}
	c := &code{w: w}
	var b strings.Builder
	for i := range lines.Len() {
		segment := lines.At(i)
		c.at = append(c.at, segment.Start-segment.Padding)
		c.start = append(c.start, b.Len())
		b.Write(segment.Value(w.src))
	}
	c.text = b.String()
	if _, indented := n.(*ast.CodeBlock); indented {
		if inner := c.fences(); inner != nil {
			for _, f := range inner {
				f.code.read(f.label)
			}
			return
		}
	}
	c.read(says)
}

func (c *code) read(says string) {
	if strings.TrimSpace(c.text) == "" {
		return
	}
	w := c.w
	c.block = len(w.d.Blocks)
	list := blocks.Split(says, c.text)
	line, column := w.d.Position(c.at[0])
	w.d.Blocks = append(w.d.Blocks, Block{Info: strings.ToLower(strings.Trim(says, "{}.")), Line: line, Column: column, Text: c.text, Sections: w.sections()})
	w.d.Blocks[c.block].from = len(w.d.Pieces)
	is := Other
	if len(list) == 1 && list[0].Prompt == "" {
		is = c.only(list[0], says)
	} else {
		c.mixed(list)
		for _, p := range list {
			if p.Kind == blocks.Shell {
				is = Shell
			}
		}
	}
	w.d.Blocks[c.block].Is, w.d.Blocks[c.block].to = is, len(w.d.Pieces)
}

// keep adds a piece to the document. The statement is the first that is made
// of it: the next one.
func (c *code) keep(p blocks.Piece) {
	line, column := c.w.d.Position(c.at[min(p.From, len(c.at)-1)])
	c.w.d.Pieces = append(c.w.d.Pieces, Piece{Piece: p, Origin: InBlock, Block: c.block, Line: line, Column: column, Statement: len(c.w.d.Statements), Sections: c.w.sections()})
}

// only reads a block of one kind, and tells what it was read as.
func (c *code) only(p blocks.Piece, says string) string {
	c.keep(p)
	switch p.Kind {
	case blocks.Shell:
		c.shell(c.text, 0, p.Confidence == blocks.Sure)
		return Shell
	case blocks.SQL:
		c.sql(c.text, 0, p.Language)
		return SQL
	case blocks.YAML:
		problems := len(c.w.d.Problems)
		c.hashes()
		c.tree(Setting, YAML)
		if says == "" && len(c.w.d.Problems) > problems {
			// Nobody said that it was YAML.
			c.w.d.Problems = c.w.d.Problems[:problems]
			return Other
		}
		return YAML
	case blocks.JSON:
		if p.Confidence == blocks.Sure {
			c.tree(Output, JSON)
			return JSON
		}
	case blocks.Output, blocks.Prose:
		if c.w.role == RoleOutput || says != "" {
			c.printed(0, len(c.start))
			return Printed
		}
	case blocks.Console:
		c.console(p)
		return Other
	}
	c.add(Statement{Kind: Code, Text: strings.TrimSpace(c.text), Language: p.Language, Of: -1}, 0)
	return Other
}

// mixed reads a block of several kinds.
func (c *code) mixed(list []blocks.Piece) {
	last := 0
	for n, p := range list {
		from := last
		last = p.To
		if n == len(list)-1 {
			last = len(c.start)
		}
		if p.Kind == blocks.Shell {
			// The comments above it are of the shell too.
			var b strings.Builder
			for i := from; i < p.From; i++ {
				b.WriteString(c.line(i) + "\n")
			}
			b.WriteString(p.Text)
			for i := p.To; i < last; i++ {
				b.WriteString(c.line(i) + "\n")
			}
			c.keep(p)
			c.shell(b.String(), c.start[from], p.Confidence == blocks.Sure)
			continue
		}
		c.remarksBetween(from, p)
		c.keep(p)
		switch p.Kind {
		case blocks.Output, blocks.Prose:
			c.printed(p.From, p.To)
		case blocks.SQL:
			c.sql(p.Text, c.start[p.From], p.Language)
		case blocks.Console:
			c.console(p)
		default:
			c.add(Statement{Kind: Code, Text: strings.TrimSpace(p.Text), Language: p.Language, Purpose: p.Purpose, Of: -1}, c.start[p.From]+indent(p.Text))
		}
		c.remarksBetween(p.To, blocks.Piece{From: last})
	}
}

// remarksBetween makes statements of comments above a piece that are not its
// purpose.
func (c *code) remarksBetween(from int, p blocks.Piece) {
	to := p.From
	for p.Purpose != "" && to > from && strings.TrimSpace(c.line(to-1)) != "" {
		to--
	}
	if from < to {
		c.shell(c.text[c.start[from]:c.end(to)], c.start[from], false)
	}
}

// end is the offset in the text where the lines before a line end.
func (c *code) end(line int) int {
	if line < len(c.start) {
		return c.start[line]
	}
	return len(c.text)
}

// console makes a statement of what is typed at the prompt of a program.
func (c *code) console(p blocks.Piece) {
	at := c.start[p.From]
	for _, line := range strings.SplitAfter(p.Text, "\n") {
		if text := strings.TrimSpace(line); text != "" && !strings.HasPrefix(text, "#") {
			c.add(Statement{Kind: Console, Text: text, Language: p.Language, Purpose: p.Purpose, Of: -1}, at+indent(line))
		}
		at += len(line)
	}
}

func indent(text string) int { return len(text) - len(strings.TrimLeft(text, " \t\n")) }

// printed takes lines for something that is shown.
func (c *code) printed(from, to int) {
	of := c.w.lastCommand()
	for i := from; i < min(to, len(c.start)); i++ {
		if line := c.line(i); strings.TrimSpace(line) != "" {
			c.add(Statement{Kind: Output, Text: strings.TrimSpace(line), Of: of}, c.start[i]+len(line)-len(strings.TrimLeft(line, " \t")))
		}
	}
}
