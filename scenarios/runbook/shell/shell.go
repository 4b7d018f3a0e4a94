// Package shell takes commands apart: which programs a command runs, with
// which arguments, and where: here, on another host, in a pod or a container.
package shell

import (
	"path"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// Place is where a program runs.
type Place string

// The places of programs.
const (
	Here      Place = "here"
	Host      Place = "host"      // of ssh
	Pod       Place = "pod"       // of kubectl exec
	Container Place = "container" // of docker exec
)

// Call is one run of a program, whoever starts it.
type Call struct {
	// Program is the name without its folder: psql for /usr/bin/psql.
	Program string
	// Args are the words behind it, without quotes, expansions as written.
	Args []string
	// Assigns are the variables set in front of it, NAME=value.
	Assigns []string
	Place   Place
	// Via are the programs that start it, the outermost first: sudo, kubectl.
	Via []string
	// Piped says that it reads what another program writes.
	Piped bool
	// Input is the here-document that it reads, InputLine its first line,
	// counted from the first line of the command, which is 0.
	Input     string
	InputLine int
	// Line and Offset are its place in the command; in a command within quotes
	// they are those of the quotes.
	Line, Offset int
}

// Option is the value of the first of some options: -n x, -n=x, --name=x, and
// -nx for a short one. The value of one at the end is empty.
func (c Call) Option(names ...string) (value string, found bool) {
	for i, a := range c.Args {
		for _, n := range names {
			switch {
			case a == n:
				if i+1 < len(c.Args) {
					return c.Args[i+1], true
				}
				return "", true
			case strings.HasPrefix(a, n+"="):
				return a[len(n)+1:], true
			case len(n) == 2 && n[0] == '-' && n[1] != '-' && strings.HasPrefix(a, n) && len(a) > 2:
				return a[2:], true
			}
		}
	}
	return "", false
}

// Has tells whether one of some words is among the arguments.
func (c Call) Has(words ...string) bool {
	for _, a := range c.Args {
		for _, w := range words {
			if a == w {
				return true
			}
		}
	}
	return false
}

// Words are the arguments that are no options.
func (c Call) Words() []string {
	var list []string
	for _, a := range c.Args {
		if !strings.HasPrefix(a, "-") {
			list = append(list, a)
		}
	}
	return list
}

// maxLength bounds a command that is looked into, in bytes, and maxDepth how
// often a command stands in another's quotes.
const (
	maxLength = 64 << 10
	maxDepth  = 4
)

// Calls are the programs that a command runs, in the order in which they are
// written. What does not parse runs none.
func Calls(command string) []Call {
	r := reader{}
	r.read(command, Call{Place: Here}, 0)
	return r.calls
}

type reader struct {
	calls  []Call
	source string
}

// text is a word with what a reader fills in as it was written.
func (r *reader) text(w *syntax.Word) string {
	text := Text(w)
	from, to := int(w.Pos().Offset()), int(w.End().Offset())
	if !strings.Contains(text, "x") || from < 0 || to > len(r.source) || from > to || !fillIn.MatchString(r.source[from:to]) {
		return text
	}
	return strings.NewReplacer("'", "", "\"", "").Replace(r.source[from:to])
}

func (r *reader) read(command string, within Call, depth int) {
	file := Parse(command)
	if file == nil || depth > maxDepth {
		return
	}
	outer := r.source
	r.source = command
	for _, s := range file.Stmts {
		r.node(s, within, depth, false)
	}
	r.source = outer
}

// Parse parses a command as bash, with what a reader fills in made a word; nil
// where it does not parse.
func Parse(command string) (file *syntax.File) {
	if len(command) > maxLength || !Parsable(command) {
		return nil
	}
	defer func() {
		if recover() != nil {
			file = nil
		}
	}()
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(Filled(command)), "")
	if err != nil {
		return nil
	}
	return file
}

func (r *reader) node(root syntax.Node, within Call, depth int, piped bool) {
	syntax.Walk(root, func(node syntax.Node) bool {
		switch n := node.(type) {
		case *syntax.Stmt:
			call, ok := n.Cmd.(*syntax.CallExpr)
			if !ok {
				return true
			}
			r.call(call, n.Redirs, within, depth, piped)
			r.inside(call, within, depth)
			return false
		case *syntax.BinaryCmd:
			// Pipes lean to the left: the first command is the deepest.
			var rest []*syntax.BinaryCmd
			for x := n; x != nil; {
				rest = append(rest, x)
				next, ok := x.X.Cmd.(*syntax.BinaryCmd)
				if !ok || len(x.X.Redirs) > 0 {
					break
				}
				x = next
			}
			last := rest[len(rest)-1]
			r.node(last.X, within, depth, piped)
			for i := len(rest) - 1; i >= 0; i-- {
				r.node(rest[i].Y, within, depth, rest[i].Op == syntax.Pipe || rest[i].Op == syntax.PipeAll)
			}
			return false
		}
		return true
	})
}

// inside visits the commands in $( ) among the words of a call.
func (r *reader) inside(call *syntax.CallExpr, within Call, depth int) {
	visit := func(n syntax.Node) {
		syntax.Walk(n, func(node syntax.Node) bool {
			if sub, ok := node.(*syntax.CmdSubst); ok {
				for _, s := range sub.Stmts {
					r.node(s, Call{Place: Here, Line: within.Line, Offset: within.Offset}, depth, false)
				}
				return false
			}
			return true
		})
	}
	for _, a := range call.Assigns {
		visit(a)
	}
	for _, a := range call.Args {
		visit(a)
	}
}

func (r *reader) call(n *syntax.CallExpr, redirects []*syntax.Redirect, within Call, depth int, piped bool) {
	c := within
	c.Args, c.Assigns, c.Input, c.Piped = nil, nil, "", piped
	c.Via = append([]string(nil), within.Via...)
	for _, a := range n.Assigns {
		if a.Name != nil {
			value := ""
			if a.Value != nil {
				value = r.text(a.Value)
			}
			c.Assigns = append(c.Assigns, a.Name.Value+"="+value)
		}
	}
	if depth == 0 {
		c.Line, c.Offset = int(n.Pos().Line())-1, int(n.Pos().Offset())
	}
	for _, d := range redirects {
		if d.Hdoc != nil {
			c.Input, c.InputLine = Text(d.Hdoc), int(d.Hdoc.Pos().Line())-1
		} else if d.Op == syntax.WordHdoc && d.Word != nil {
			c.Input, c.InputLine = Text(d.Word), int(d.Word.Pos().Line())-1
		}
	}
	var words []string
	for _, a := range n.Args {
		words = append(words, r.text(a))
	}
	r.program(c, words, depth)
}

// program notes a call, and what it starts itself.
func (r *reader) program(c Call, words []string, depth int) {
	if len(words) == 0 || depth > maxDepth {
		if len(c.Assigns) > 0 {
			r.calls = append(r.calls, c)
		}
		return
	}
	c.Program, c.Args = path.Base(words[0]), words[1:]
	r.calls = append(r.calls, c)
	inner, script, place := started(c)
	if inner == nil && script == "" {
		return
	}
	next := Call{Place: c.Place, Via: append(append([]string(nil), c.Via...), c.Program), Line: c.Line, Offset: c.Offset, Piped: c.Piped || c.Program == "xargs", Input: c.Input, InputLine: c.InputLine}
	if place != "" {
		next.Place = place
	}
	if script != "" {
		r.read(script, next, depth+1)
		return
	}
	next.Assigns = nil
	for len(inner) > 0 && assigned(inner[0]) {
		next.Assigns = append(next.Assigns, inner[0])
		inner = inner[1:]
	}
	r.program(next, inner, depth+1)
}

func assigned(word string) bool {
	name, _, found := strings.Cut(word, "=")
	return found && syntax.ValidName(name)
}

// Text is a word without quotes, its expansions as written.
func Text(w *syntax.Word) string {
	var b strings.Builder
	for _, p := range w.Parts {
		textOf(&b, p)
	}
	return b.String()
}

var printer = syntax.NewPrinter(syntax.Minify(true))

func textOf(b *strings.Builder, part syntax.WordPart) {
	switch p := part.(type) {
	case *syntax.Lit:
		b.WriteString(strings.ReplaceAll(p.Value, "\\\n", ""))
	case *syntax.SglQuoted:
		b.WriteString(p.Value)
	case *syntax.DblQuoted:
		for _, inner := range p.Parts {
			textOf(b, inner)
		}
	case *syntax.ParamExp:
		if p.Param != nil && p.Exp == nil && p.Repl == nil && p.Slice == nil && !p.Length {
			b.WriteString("$" + p.Param.Value)
			return
		}
		_ = printer.Print(b, p)
	default:
		_ = printer.Print(b, part)
	}
}
