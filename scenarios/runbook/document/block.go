package document

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
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

var languages = map[string]string{
	"bash": Shell, "sh": Shell, "shell": Shell, "zsh": Shell, "console": Shell, "shell-session": Shell, "terminal": Shell,
	"sql": SQL, "psql": SQL, "postgres": SQL, "postgresql": SQL, "pgsql": SQL,
	"yaml": YAML, "yml": YAML, "json": JSON, "json5": Other, "jsonc": Other,
	"text": Printed, "txt": Printed, "plain": Printed, "plaintext": Printed, "output": Printed, "log": Printed, "": "",
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

func (w *walker) block(n ast.Node, says string) {
	lines := n.Lines()
	if lines == nil || lines.Len() == 0 {
		return
	}
	c := &code{w: w, block: len(w.d.Blocks)}
	var b strings.Builder
	for i := range lines.Len() {
		segment := lines.At(i)
		c.at = append(c.at, segment.Start-segment.Padding)
		c.start = append(c.start, b.Len())
		b.Write(segment.Value(w.src))
	}
	c.text = b.String()
	if strings.TrimSpace(c.text) == "" {
		return
	}
	says = strings.ToLower(strings.Trim(says, "{}."))
	is := readAs(says, c.text)
	if is == Printed && w.role != RoleOutput && says == "" {
		is = Other
	}
	line, column := w.d.Position(c.at[0])
	w.d.Blocks = append(w.d.Blocks, Block{Info: says, Is: is, Line: line, Column: column, Text: c.text, Sections: w.sections()})
	switch is {
	case Shell:
		c.shell()
	case SQL:
		c.sql()
	case YAML:
		c.hashes()
		c.tree(Setting, YAML)
	case JSON:
		c.tree(Output, JSON)
	case Printed:
		c.printed()
	default:
		c.add(Statement{Kind: Code, Text: strings.TrimSpace(c.text), Of: -1}, 0)
	}
}

var (
	settingLine = regexp.MustCompile(`^\s*(?:- )?["']?[A-Za-z_][\w./-]*["']?:(?:\s.*)?$|^\s*- \S.*$`)
	sqlStart    = regexp.MustCompile(`^(?i)\s*(?:SELECT|INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|ALTER\s+\w+|CREATE\s+\w+|DROP\s+\w+|EXPLAIN|VACUUM|SET\s+\S+\s*(?:=|TO)|WITH\s+\w+\s+AS)\b`)
	prompt      = regexp.MustCompile(`^\s*[$%] \S`)
	programs    = regexp.MustCompile(`^\s*(?:sudo\s+)?(?:kubectl|curl|psql|redis-cli|docker|docker-compose|systemctl|journalctl|aws|gcloud|az|helm|git|ssh|cd|ls|cat|tail|grep|export|npm|make|ping|dig|nslookup|nc|top|ps|kill|terraform|ansible|wget|jq|mysql|mongo|pg_dump|pg_restore)\s`)
)

// readAs decides what a block is: what its fence says, unless that says
// nothing or the text is evidently something else.
func readAs(says, text string) string {
	is, known := languages[says]
	if !known {
		return Other
	}
	looks := detected(text)
	switch {
	case is == "":
		return looks
	case is == Shell && (looks == YAML || looks == JSON):
		return looks
	}
	return is
}

func detected(text string) string {
	trimmed := strings.TrimSpace(text)
	if strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "[") {
		if json.Valid([]byte(trimmed)) {
			return JSON
		}
	}
	settings, nested, all := 0, false, true
	first := ""
	for _, l := range strings.Split(text, "\n") {
		if s := strings.TrimSpace(l); s == "" || strings.HasPrefix(s, "#") {
			continue
		}
		if first == "" {
			first = l
		}
		if all = all && settingLine.MatchString(l); !all {
			break
		}
		settings++
		nested = nested || strings.HasPrefix(l, "  ")
	}
	switch {
	case first == "":
		return Printed
	case all && (settings > 1 || nested):
		return YAML
	case sqlStart.MatchString(first):
		return SQL
	case prompt.MatchString(first), programs.MatchString(first + " "):
		return Shell
	}
	return Printed
}

// printed takes every line for something that is shown.
func (c *code) printed() {
	of := c.lastCommand()
	for i := range c.start {
		if line := c.line(i); strings.TrimSpace(line) != "" {
			c.add(Statement{Kind: Output, Text: strings.TrimSpace(line), Of: of}, c.start[i]+len(line)-len(strings.TrimLeft(line, " \t")))
		}
	}
}

// lastCommand is the last command of the same section before this place.
func (c *code) lastCommand() int {
	here := strings.Join(c.w.sections(), "\x00")
	for i := len(c.w.d.Statements) - 1; i >= 0; i-- {
		s := c.w.d.Statements[i]
		if strings.Join(s.Sections, "\x00") != here {
			return -1
		}
		if s.Kind == Command {
			return i
		}
	}
	return -1
}
