package lint

import (
	"github.com/runproof/runproof/scenarios/runbook/blocks"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/shell"
)

// Command is a command of a document, wherever it stands: in a block, in a
// code span, in a table.
type Command struct {
	Text         string
	Line, Column int
	Sections     []string
	Purpose      string
	// Statement is its index in the document, -1 for one in a code span.
	Statement int
	// Block is the index of its block, or -1.
	Block int
	Calls []shell.Call
}

// seen keeps what several rules look at.
type seen struct {
	commands []Command
	read     bool
}

// Commands are all commands of the document of which it is certain that they
// are commands, in order.
func (in Input) Commands() []Command {
	if in.seen == nil {
		return commandsOf(in.Document)
	}
	if !in.seen.read {
		in.seen.commands, in.seen.read = commandsOf(in.Document), true
	}
	return in.seen.commands
}

func commandsOf(d *document.Document) []Command {
	unsure := map[[2]int]bool{} // block, line
	spans := []document.Piece{}
	for _, p := range d.Pieces {
		switch {
		case p.Kind != blocks.Shell:
		case p.Block < 0 && p.Statement < 0 && p.Confidence == blocks.Sure:
			spans = append(spans, p)
		case p.Block >= 0 && p.Confidence < blocks.Sure:
			for i := p.From; i < p.To; i++ {
				unsure[[2]int{p.Block, d.Blocks[p.Block].Line + i}] = true
			}
		}
	}
	var list []Command
	flush := func(before int) {
		for len(spans) > 0 && spans[0].Line < before {
			p := spans[0]
			list = append(list, Command{Text: p.Text, Line: p.Line, Column: p.Column, Sections: p.Sections, Statement: -1, Block: -1, Calls: shell.Calls(p.Text)})
			spans = spans[1:]
		}
	}
	for i, s := range d.Statements {
		if s.Kind != document.Command || s.Block >= 0 && unsure[[2]int{s.Block, s.Line}] {
			continue
		}
		flush(s.Line)
		list = append(list, Command{Text: s.Text, Line: s.Line, Column: s.Column, Sections: s.Sections, Purpose: s.Purpose, Statement: i, Block: s.Block, Calls: shell.Calls(s.Text)})
	}
	flush(1 << 62)
	return list
}

// at is a finding at a command.
func (c Command) at(in Input, text, proposal string) Finding {
	f := Finding{Line: c.Line, Column: c.Column, Text: text, Proposal: proposal}
	if c.Statement >= 0 {
		f.Statement = in.Document.Statements[c.Statement].ID
	}
	return f
}
