package script

import (
	"regexp"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/runproof/runproof/scenarios/runbook/blocks"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

// limits bound the work on one statement, whatever it is.
const (
	maxStatement = 64 << 10 // bytes
	maxCalls     = 2000
	maxWrapped   = 4 // commands inside commands
)

// Script is all commands of a document.
type Script struct {
	Calls []*Call
	// Mentions are those of code spans in the text: examples, or a name alone.
	Mentions []*Call
	// Of lists the calls of each statement.
	Of map[int][]*Call
	// Plain are the items of lists that are commands without any mark.
	Plain map[int]bool
}

// Read takes the commands of a document apart. What is no valid shell has none.
func Read(d *document.Document) *Script {
	s := &Script{Of: map[int][]*Call{}, Plain: map[int]bool{}}
	for i, statement := range d.Statements {
		if statement.Kind != document.Command || len(statement.Text) > maxStatement {
			continue
		}
		r := reader{statement: i, line: statement.Line, column: statement.Column}
		r.read(statement.Text)
		s.Of[i] = r.calls
		s.Calls = append(s.Calls, r.calls...)
	}
	s.mentions(d)
	s.plain(d)
	return s
}

// mentions reads code spans. The statement of one is what stands in its line,
// or last before it.
func (s *Script) mentions(d *document.Document) {
	at := -1
	for _, p := range d.Pieces {
		if p.Block >= 0 || p.Statement >= 0 || p.Kind != blocks.Shell || p.Confidence != blocks.Sure || len(p.Text) > maxStatement {
			continue
		}
		for at+1 < len(d.Statements) && d.Statements[at+1].Line <= p.Line {
			at++
		}
		if at < 0 {
			continue
		}
		r := reader{statement: at, line: p.Line, column: p.Column}
		r.read(p.Text)
		s.Mentions = append(s.Mentions, r.calls...)
	}
}

// All are the commands and the mentions.
func (s *Script) All() []*Call { return slices.Concat(s.Calls, s.Mentions) }

// fillIn are names in pointed brackets that a reader replaces; the shell would
// take them for redirections.
var fillIn = regexp.MustCompile(`<[A-Za-z][A-Za-z0-9_.:/ -]{0,60}[A-Za-z0-9_]>|<[A-Za-z]>`)

// other ways to write a name to be filled in.
var open = regexp.MustCompile(`<[^<>]*>|\{\{?[A-Za-z_ .-]+\}?\}|\[[A-Za-z_ .-]+\]|\.\.\.|…|\b(?:xxx+|XXX+|YOUR[_-]\w+|your-\w+)\b`)

// mark stands for a name in pointed brackets: as long as it, and one word.
func mark(text string) string { return "\x01" + text[1:len(text)-1] + "\x02" }

func masked(text string) string {
	if !strings.Contains(text, "<") {
		return text
	}
	return fillIn.ReplaceAllStringFunc(text, func(s string) string {
		return mark(strings.ReplaceAll(s, " ", "\x03"))
	})
}

var unmask = strings.NewReplacer("\x01", "<", "\x02", ">", "\x03", " ")

type reader struct {
	statement    int
	line, column int
	calls        []*Call
	via          []string
}

func parse(text string) (file *syntax.File) {
	defer func() {
		if recover() != nil {
			file = nil // a parser that gives up has read nothing
		}
	}()
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(masked(text)), "")
	if err != nil {
		return nil
	}
	return file
}

func (r *reader) read(text string) {
	file := parse(text)
	if file == nil {
		return
	}
	for _, stmt := range file.Stmts {
		r.stmt(stmt, false)
	}
	for _, c := range r.calls {
		if len(c.Pipe) == 0 {
			c.Pipe = []*Call{c}
		}
	}
}

// stmt collects the simple commands of a statement of the shell. Pipelines are
// walked by a loop: some have thousands of stages.
func (r *reader) stmt(stmt *syntax.Stmt, guarded bool) {
	if len(r.calls) > maxCalls || stmt == nil {
		return
	}
	switch cmd := stmt.Cmd.(type) {
	case *syntax.BinaryCmd:
		if cmd.Op == syntax.Pipe || cmd.Op == syntax.PipeAll {
			r.pipeline(stmt, guarded)
			return
		}
		parts, from := listed(cmd), len(r.calls)
		for i, part := range parts {
			before := len(r.calls)
			r.stmt(part, guarded || i > 0)
			if i < len(parts)-1 {
				r.tested(before)
			}
			if i == len(parts)-1 && i > 0 && cmd.Op == syntax.OrStmt && before < len(r.calls) {
				for _, c := range r.calls[from:before] {
					if c.Tested {
						c.Otherwise = r.calls[before]
					}
				}
			}
		}
	case *syntax.CallExpr:
		r.simple(stmt, cmd, guarded)
	case nil:
	default:
		// A condition or a loop: what is in it runs under the author's control.
		conditions := map[*syntax.Stmt]bool{}
		syntax.Walk(cmd, func(node syntax.Node) bool {
			switch n := node.(type) {
			case *syntax.IfClause:
				if len(n.Cond) > 0 {
					conditions[n.Cond[len(n.Cond)-1]] = true
				}
			case *syntax.WhileClause:
				if len(n.Cond) > 0 {
					conditions[n.Cond[len(n.Cond)-1]] = true
				}
			case *syntax.CmdSubst:
				r.substitution(n)
				return false
			case *syntax.Stmt:
				before := len(r.calls)
				r.stmt(n, true)
				if conditions[n] {
					r.tested(before)
				}
				return false
			}
			return true
		})
	}
}

// tested marks the command whose exit status is that of what was just read: the
// last stage of a pipeline.
func (r *reader) tested(from int) {
	for _, c := range r.calls[from:] {
		if c.Next() == nil && !c.substituted && len(c.Via) == len(r.via) {
			c.Tested = true
		}
	}
}

// listed are the parts of a list with && and ||, from left to right.
func listed(cmd *syntax.BinaryCmd) []*syntax.Stmt {
	var right []*syntax.Stmt
	for {
		right = append(right, cmd.Y)
		left, ok := cmd.X.Cmd.(*syntax.BinaryCmd)
		if !ok || left.Op == syntax.Pipe || left.Op == syntax.PipeAll || len(right) > maxCalls {
			right = append(right, cmd.X)
			break
		}
		cmd = left
	}
	for i, j := 0, len(right)-1; i < j; i, j = i+1, j-1 {
		right[i], right[j] = right[j], right[i]
	}
	return right
}

func (r *reader) pipeline(stmt *syntax.Stmt, guarded bool) {
	var stages []*syntax.Stmt
	for at := stmt; ; {
		cmd, ok := at.Cmd.(*syntax.BinaryCmd)
		if !ok || cmd.Op != syntax.Pipe && cmd.Op != syntax.PipeAll || len(stages) > maxCalls {
			stages = append(stages, at)
			break
		}
		stages = append(stages, cmd.Y)
		at = cmd.X
	}
	var pipe, members []*Call
	for i := len(stages) - 1; i >= 0; i-- {
		before, first := len(r.calls), true
		r.stmt(stages[i], guarded)
		for _, c := range r.calls[before:] {
			if len(c.Pipe) > 0 {
				continue // of a substitution, or of a script that is handed on
			}
			if first {
				pipe, first = append(pipe, c), false
			}
			// What a stage hands on is the same stage.
			c.Stage = len(pipe) - 1
			c.Background = c.Background || stmt.Background
			members = append(members, c)
		}
	}
	for _, c := range members {
		c.Pipe = pipe
	}
}

func (r *reader) simple(stmt *syntax.Stmt, cmd *syntax.CallExpr, guarded bool) {
	for _, assign := range cmd.Assigns {
		if assign.Value != nil {
			r.substitutions(assign.Value)
		}
	}
	if len(cmd.Args) == 0 {
		return
	}
	c := &Call{Statement: r.statement, Guarded: guarded, Background: stmt.Background, Via: append([]string(nil), r.via...)}
	c.Line, c.Column = r.line+int(cmd.Args[0].Pos().Line())-1, int(cmd.Args[0].Pos().Col())
	if c.Line == r.line {
		c.Column += r.column - 1
	}
	words := make([]Word, 0, len(cmd.Args))
	for _, arg := range cmd.Args {
		words = append(words, wordOf(arg))
	}
	for _, redirect := range stmt.Redirs {
		target := ""
		if redirect.Word != nil {
			target = wordOf(redirect.Word).Text
		}
		c.Redirects = append(c.Redirects, redirect.Op.String()+target)
		if redirect.Hdoc != nil || redirect.Op == syntax.RdrIn || redirect.Op == syntax.WordHdoc {
			c.Input = true
			if redirect.Hdoc != nil {
				c.Document = wordOf(redirect.Hdoc).Text
			}
		}
	}
	if !words[0].Open {
		c.Program = base(words[0].Text)
	}
	c.Args = words[1:]
	r.calls = append(r.calls, c)
	r.unwrap(c)
	for _, arg := range cmd.Args {
		r.substitutions(arg)
	}
}

// substitutions are commands inside of $( ) in a word.
func (r *reader) substitutions(word *syntax.Word) {
	syntax.Walk(word, func(node syntax.Node) bool {
		if sub, ok := node.(*syntax.CmdSubst); ok {
			r.substitution(sub)
			return false
		}
		return true
	})
}

func (r *reader) substitution(sub *syntax.CmdSubst) {
	for _, stmt := range sub.Stmts {
		before := len(r.calls)
		r.stmt(stmt, true)
		for _, c := range r.calls[before:] {
			c.substituted = true
			if len(c.Pipe) == 0 {
				c.Pipe = []*Call{c}
			}
		}
	}
}

func wordOf(word *syntax.Word) Word {
	var w Word
	var b strings.Builder
	for _, part := range word.Parts {
		switch p := part.(type) {
		case *syntax.Lit:
			b.WriteString(unescaped(p.Value))
		case *syntax.SglQuoted:
			b.WriteString(p.Value)
			w.Quoted, w.Single = true, len(word.Parts) == 1
		case *syntax.DblQuoted:
			w.Quoted = true
			for _, inner := range p.Parts {
				if lit, ok := inner.(*syntax.Lit); ok {
					b.WriteString(strings.NewReplacer(`\"`, `"`, `\$`, `$`, `\\`, `\`, "\\`", "`", "\\\n", "").Replace(lit.Value))
				} else {
					w.Open = true
					b.WriteString(printed(inner))
				}
			}
		default:
			w.Open = true
			b.WriteString(printed(part))
		}
	}
	w.Text = unmask.Replace(b.String())
	w.Open = w.Open || strings.Contains(b.String(), "\x01") || open.MatchString(w.Text)
	return w
}

func unescaped(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) {
			i++
			if text[i] == '\n' {
				continue
			}
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// maxPrinted bounds the text of an expansion, in bytes: each of those inside of
// each other is printed with all that are in it.
const maxPrinted = 512

func printed(node syntax.Node) string {
	if node.End().Offset()-node.Pos().Offset() > maxPrinted {
		return "$(...)"
	}
	var b strings.Builder
	if err := syntax.NewPrinter(syntax.Minify(true)).Print(&b, node); err != nil {
		return "$?"
	}
	return b.String()
}
