// Package blocks tells what stands in a block of code, line by line: commands,
// what they print, queries, configuration, programs in other languages.
//
// The label of a fence is believed unless the text is evidently something
// else; an unlabelled block is judged by its text alone. Every piece has a
// confidence, and only what is Sure may be held against a document.
package blocks

import "strings"

// Kind is what a piece of a block is.
type Kind string

// The kinds of pieces.
const (
	Shell      Kind = "shell"      // commands of a POSIX shell
	PowerShell Kind = "powershell" // commands of PowerShell
	Batch      Kind = "batch"      // commands of cmd.exe
	Console    Kind = "console"    // lines typed at the prompt of a program: redis-cli, mongo, gdb
	SQL        Kind = "sql"        // statements of SQL, and psql's own commands
	YAML       Kind = "yaml"
	JSON       Kind = "json"
	Config     Kind = "config" // ini, properties, nginx, redis.conf, HCL
	Code       Kind = "code"   // a program in another language
	Query      Kind = "query"  // PromQL, LogQL, KQL and their like
	Markup     Kind = "markup" // HTML, JSX, Markdown
	Output     Kind = "output" // what something prints
	Prose      Kind = "prose"  // sentences
	Other      Kind = "other"  // a label that is not known
)

// Confidence is how certain a kind is.
type Confidence int

// The degrees of confidence.
const (
	Guess  Confidence = iota // nothing speaks against it
	Likely                   // the better of two readings
	Sure                     // hardly anything else
)

// Piece is a run of lines of one kind.
type Piece struct {
	Kind Kind
	// Language is the one within a kind: "redis", "python", "promql"; for SQL
	// the dialect: "postgres", "mysql", "tsql", "oracle", "plpgsql", or
	// nothing where it could be any.
	Language   string
	Confidence Confidence
	// From and To are the lines of the block, counted from zero, To excluded.
	From, To int
	// Text are those lines with prompts and what is not of the piece blanked,
	// so that offsets stay; Prompt is the first prompt.
	Text   string
	Prompt string
	// Purpose is the comment right above it, where that belongs to nothing else.
	Purpose string
}

// Split takes a block apart. The pieces are in order and do not overlap; lines
// that are empty may be in none.
func Split(label, text string) []Piece {
	s := &splitter{lines: strings.Split(strings.TrimRight(text, "\n"), "\n")}
	s.label = labelOf(label)
	if list := s.session(); list != nil {
		return list
	}
	if !s.label.known {
		return []Piece{s.whole(Other, strings.ToLower(label), Likely)}
	}
	switch s.label.kind {
	case Shell, "":
		return s.commands()
	}
	if s.label.kind == SQL && s.tables() {
		return s.byLine() // queries with what they print
	}
	if lie, found := s.mislabelled(); found {
		return lie
	}
	p := s.whole(s.label.kind, s.label.language, Sure)
	if p.Kind == SQL {
		p.Language = dialect(p.Text, p.Language)
	}
	return []Piece{p}
}

// Typed tells whether a line looks like a command by itself, whatever its block
// is said to be.
func Typed(line string) bool { return evidence(line) >= 2 }

// tables tells whether a block holds what psql prints.
func (s *splitter) tables() bool {
	for _, l := range s.lines {
		if tableRule.MatchString(l) || cells.MatchString(l) || counted.MatchString(l) {
			return true
		}
	}
	return false
}

type splitter struct {
	lines []string
	label label
}

// whole is the block as one piece.
func (s *splitter) whole(kind Kind, language string, c Confidence) Piece {
	return Piece{Kind: kind, Language: language, Confidence: c, From: 0, To: len(s.lines), Text: strings.Join(s.lines, "\n") + "\n"}
}

// run is a piece of some lines.
func (s *splitter) run(kind Kind, language string, c Confidence, from, to int) Piece {
	return Piece{Kind: kind, Language: language, Confidence: c, From: from, To: to, Text: strings.Join(s.lines[from:to], "\n") + "\n"}
}

func firstWord(line string) string {
	line = strings.TrimSpace(line)
	if i := strings.IndexAny(line, " \t"); i >= 0 {
		return line[:i]
	}
	return line
}
