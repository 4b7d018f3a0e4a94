package document

import (
	"errors"
	"regexp"
	"sort"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/runproof/runproof/scenarios/runbook/blocks"
	"github.com/runproof/runproof/scenarios/runbook/shell"
)

// part is a command or a comment of a shell block, by its lines and offsets.
type part struct {
	from, to         int // offsets in the block's text
	fromLine, toLine int // lines, counted from zero
	comment          bool
	trailing         bool // a comment behind a command
	text             string
}

// shell makes a statement of every command. The comment over a command, and
// over those that follow it without an empty line, is their purpose; any other
// line of comment is a statement of its own.
//
// The text begins at the offset base of the block's text. Where it does not
// parse, that is a problem of the document only if it is surely a shell's.
func (c *code) shell(text string, base int, sure bool) {
	parts := c.parts(text, base, sure)
	sort.SliceStable(parts, func(i, j int) bool { return parts[i].from < parts[j].from })
	purpose, last := "", -2
	command := -1
	for i := 0; i < len(parts); {
		p := parts[i]
		if p.fromLine > last+1 {
			purpose = ""
		}
		last = p.toLine
		if !p.comment {
			command = c.add(Statement{Kind: Command, Text: p.text, Purpose: purpose, Of: -1}, p.from)
			i++
			continue
		}
		if p.trailing {
			c.add(Statement{Kind: Comment, Text: p.text, Of: command}, p.from)
			i++
			continue
		}
		end := i + 1
		for end < len(parts) && parts[end].comment && !parts[end].trailing && parts[end].fromLine == parts[end-1].toLine+1 {
			end++
		}
		last = parts[end-1].toLine
		if over(parts, end) {
			var words []string
			for _, q := range parts[i:end] {
				words = append(words, unnumbered(q.text))
			}
			purpose = strings.Join(words, " ")
		} else {
			c.remarks(parts[i:end], command)
		}
		i = end
	}
}

// over tells whether the comment before parts[end] stands right over a command.
func over(parts []part, end int) bool {
	return end < len(parts) && !parts[end].comment && parts[end].fromLine == parts[end-1].toLine+1
}

var expected = regexp.MustCompile(`^(?i:expected (?:output|result|response|answer)|output|prints|returns|should (?:print|show|return|look like)(?: this)?)\s*:$`)

// remarks are lines of comment that belong to no command: what is expected to
// be printed, or statements.
func (c *code) remarks(group []part, command int) {
	for i, p := range group {
		if expected.MatchString(strings.TrimSpace(p.text)) {
			c.expectedOutput(group[i+1:], command)
			return
		}
		text := unnumbered(p.text)
		if text == "" {
			continue
		}
		if i > 0 && continues(p.text) && len(c.w.d.Statements) > 0 {
			// A sentence over two lines is one statement.
			before := &c.w.d.Statements[len(c.w.d.Statements)-1]
			before.Text += " " + text
			continue
		}
		c.add(Statement{Kind: Comment, Text: text, Of: command}, p.from)
	}
}

func continues(text string) bool {
	first := strings.TrimSpace(text)
	return first != "" && first[0] >= 'a' && first[0] <= 'z'
}

// expectedOutput reads lines of comment as JSON, or else line by line.
func (c *code) expectedOutput(group []part, command int) {
	if len(group) == 0 {
		return
	}
	var b strings.Builder
	for _, p := range group {
		line := c.line(p.fromLine)
		b.WriteString(strings.Replace(line, "#", " ", 1) + "\n")
	}
	if text := strings.TrimSpace(b.String()); strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		if c.leaves(b.String(), group[0].fromLine, Output, JSON, command) {
			return
		}
	}
	for _, p := range group {
		if strings.TrimSpace(p.text) != "" {
			c.add(Statement{Kind: Output, Text: strings.TrimSpace(p.text), Of: command}, p.from)
		}
	}
}

// parts parses a block. Where it does not parse, the problem is noted and the
// rest is read paragraph by paragraph, then line by line.
func (c *code) parts(text string, base int, sure bool) []part {
	list, err := c.parse(text, base)
	if err == nil {
		return list
	}
	line, column := 0, 0
	var syntaxError syntax.ParseError
	var dialect syntax.LangError
	if errors.As(err, &dialect) {
		sure = false // another shell takes it
	}
	message := err.Error()
	if errors.As(err, &syntaxError) {
		line, column = int(syntaxError.Pos.Line())-1, int(syntaxError.Pos.Col())-1
		message = syntaxError.Text
	}
	line = min(max(c.lineOf(base)+line, 0), len(c.start)-1)
	// Where the line does not even look like a command, it is none.
	if sure && blocks.Typed(c.line(line)) {
		c.problem(Shell, message, c.start[line]+min(max(column, 0), len(c.line(line))))
	}
	list = nil
	for _, chunk := range chunks(text) {
		if some, err := c.parse(text[chunk[0]:chunk[1]], base+chunk[0]); err == nil {
			list = append(list, some...)
			continue
		}
		list = append(list, c.byLine(text, chunk, base)...)
	}
	return list
}

func (c *code) byLine(text string, chunk [2]int, base int) []part {
	var list []part
	for at := chunk[0]; at < chunk[1]; {
		end := at + len(text[at:chunk[1]])
		if newline := strings.IndexByte(text[at:chunk[1]], '\n'); newline >= 0 {
			end = at + newline
		}
		if some, err := c.parse(text[at:end], base+at); err == nil {
			list = append(list, some...)
		} else if line := strings.TrimSpace(text[at:end]); line != "" {
			list = append(list, part{from: base + at, to: base + end, fromLine: c.lineOf(base + at), toLine: c.lineOf(base + at), text: line})
		}
		at = end + 1
	}
	return list
}

// chunks are the paragraphs of a text, as offsets.
func chunks(text string) [][2]int {
	var list [][2]int
	begin, at := 0, 0
	for _, line := range strings.SplitAfter(text, "\n") {
		if strings.TrimSpace(line) == "" {
			if begin < at {
				list = append(list, [2]int{begin, at})
			}
			begin = at + len(line)
		}
		at += len(line)
	}
	if begin < at {
		list = append(list, [2]int{begin, at})
	}
	return list
}

// parse makes parts of a text that begins at an offset of the block.
func (c *code) parse(text string, base int) (list []part, err error) {
	defer func() {
		// A parser that gives up must not take the whole document with it.
		if r := recover(); r != nil {
			list, err = nil, errors.New("the shell parser gave up")
		}
	}()
	if !shell.Parsable(text) {
		return nil, errors.New("this is nested too deep")
	}
	file, err := syntax.NewParser(syntax.KeepComments(true), syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(shell.Filled(text)), "")
	if err != nil {
		return nil, err
	}
	for _, stmt := range file.Stmts {
		from, to := int(stmt.Pos().Offset()), endOf(stmt)
		if from > to || to > len(text) {
			continue
		}
		p := part{from: base + from, to: base + to, fromLine: c.lineOf(base + from), toLine: c.lineOf(max(base+to-1, base+from))}
		p.text = strings.TrimRight(strings.TrimSpace(text[from:to]), ";")
		list = append(list, p)
	}
	syntax.Walk(file, func(node syntax.Node) bool {
		if comment, ok := node.(*syntax.Comment); ok {
			at := base + int(comment.Hash.Offset())
			line := c.lineOf(at)
			p := part{from: at, to: at + len(comment.Text) + 1, fromLine: line, toLine: line, comment: true, text: strings.TrimSpace(comment.Text)}
			p.trailing = strings.TrimSpace(text[max(c.start[line]-base, 0):at-base]) != ""
			list = append(list, p)
		}
		return true
	})
	return list, nil
}

// endOf is where a statement ends, with the here-documents that follow it.
func endOf(stmt *syntax.Stmt) int {
	end := stmt.End().Offset()
	syntax.Walk(stmt, func(node syntax.Node) bool {
		if r, ok := node.(*syntax.Redirect); ok && r.Hdoc != nil {
			end = max(end, r.Hdoc.End().Offset())
		}
		return true
	})
	return int(end)
}
