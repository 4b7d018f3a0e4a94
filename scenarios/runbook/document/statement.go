package document

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"
)

// Kind is what sort of line a statement is.
type Kind string

// The kinds of statements.
const (
	// Symptom is an item of a list under a label such as "Symptoms".
	Symptom Kind = "symptom"
	// Item is an item of any other list.
	Item Kind = "item"
	// Prose is a sentence of a paragraph.
	Prose Kind = "prose"
	// Row is a row of a table; its header is no statement.
	Row Kind = "row"
	// Command is one command of a shell block, pipes and quotes kept whole.
	Command Kind = "command"
	// Query is one statement of an SQL block.
	Query Kind = "query"
	// Console is a line typed at the prompt of a program, such as redis-cli.
	Console Kind = "console"
	// Comment is a line of a block's comment that is not the purpose of a command.
	Comment Kind = "comment"
	// Output is one field, or one line, of what a command is said to print.
	Output Kind = "output"
	// Setting is one value of an embedded YAML document.
	Setting Kind = "setting"
	// Link is a reference to somewhere else.
	Link Kind = "link"
	// Code is a block in a language that is not looked into.
	Code Kind = "code"
)

// Kinds lists the kinds in the order in which reports count them.
func Kinds() []Kind {
	return []Kind{Symptom, Item, Prose, Row, Command, Query, Console, Comment, Output, Setting, Link, Code}
}

// Role says what the label over a statement makes of it.
type Role string

// The roles that labels and headings give.
const (
	NoRole         Role = ""
	RoleSymptom    Role = "symptom"
	RoleResolution Role = "resolution"
	RoleOutput     Role = "output"
)

// Statement is one checkable line of a runbook.
type Statement struct {
	// ID is made of the section's heading and the text alone.
	ID   string `json:"id"`
	Kind Kind   `json:"kind"`
	Role Role   `json:"role,omitempty"`
	// Sections are the headings above it, the outermost first.
	Sections []string `json:"sections,omitempty"`
	// Line and Column count from one; columns are characters.
	Line   int `json:"line"`
	Column int `json:"column"`
	// Text is what it says, without emphasis; a command is kept as printed.
	Text string `json:"text"`
	// Purpose is the comment over a command.
	Purpose string `json:"purpose,omitempty"`
	// Key and Value are those of a field or a setting; the key is a path with dots.
	Key   string `json:"key,omitempty"`
	Value string `json:"value,omitempty"`
	// Target is where a link leads.
	Target string `json:"target,omitempty"`
	// Header and Cells are those of a row.
	Header []string `json:"header,omitempty"`
	Cells  []string `json:"cells,omitempty"`
	// Language is the dialect of a query, the program of a console's line, the
	// language of a program; empty where it does not show.
	Language string `json:"language,omitempty"`
	// Untestable is the reason that the document itself gives, in a comment
	// <!-- untestable: ... -->, why nothing can be tried about it.
	Untestable string `json:"untestable,omitempty"`
	// Block is the block that it stands in, or -1.
	Block int `json:"-"`
	// Of is the command whose output or comment it is, as an index into the
	// document's statements, or -1.
	Of int `json:"-"`
}

// Section is the innermost heading above the statement.
func (s Statement) Section() string {
	if len(s.Sections) == 0 {
		return ""
	}
	return s.Sections[len(s.Sections)-1]
}

// identify gives every statement its id. The same text twice in one section
// can only be told apart by its order.
func (d *Document) identify() {
	seen := map[string]int{}
	for i := range d.Statements {
		s := &d.Statements[i]
		text := Normal(s.Text)
		if s.Kind == Link {
			text += " " + s.Target
		}
		sum := sha256.Sum256([]byte(Normal(s.Section()) + "\x00" + text))
		s.ID = fmt.Sprintf("%s/%s~%s", orDash(Slug(s.Section(), 4)), orDash(Slug(s.Text, 5)), hex.EncodeToString(sum[:4]))
		seen[s.ID]++
		if n := seen[s.ID]; n > 1 {
			s.ID = fmt.Sprintf("%s-%d", s.ID, n)
		}
	}
}

// Normal is text as ids and comparisons see it: small letters, single spaces,
// no quotes, no full stop.
func Normal(text string) string {
	text = strings.Map(func(r rune) rune {
		switch r {
		case '`', '"', '\'', '“', '”', '‘', '’':
			return -1
		}
		return unicode.ToLower(r)
	}, text)
	return strings.TrimRight(strings.Join(strings.Fields(text), " "), ".:;!")
}

// Slug is the first words of a text as part of a name.
func Slug(text string, words int) string {
	list := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(list) > words {
		list = list[:words]
	}
	slug := []rune(strings.Join(list, "-"))
	if len(slug) > 48 {
		slug = slug[:48]
	}
	return string(slug)
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
