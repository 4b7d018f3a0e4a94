package hazards

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

// saying is one thing that the document says a command prints.
type saying struct {
	// rows is a number of rows, -1 where none is said.
	rows int
	// word is what is printed among other things.
	word string
	// key and value are a field of a JSON answer.
	key, value string
	// by is the statement that says it: the command itself, a comment, an output.
	by document.Statement
}

var (
	saidRows = regexp.MustCompile(`(?i)\b(\d+|no|zero|one) rows?\b`)
	saidWord = regexp.MustCompile("(?i)\\b(?:prints?|print|returns?|return|answers?|shows?|show|says?|expect(?:ed)?)\\s+(?:(?:a|an|the)\\s+)?(\"[^\"]+\"|`[^`]+`|'[^']+'|[^\\s,;]+)")
)

// sayings are what the document says that a command prints where all is well:
// in the comment over it, in one behind it, in the sentence that leads to it,
// in its expected output.
func sayings(d *document.Document, command document.Statement) []saying {
	var list []saying
	at := -1
	for i, s := range d.Statements {
		if s.ID == command.ID {
			at = i
		}
	}
	list = append(list, sentence(command, command.Purpose)...)
	if at > 0 && command.Purpose == "" {
		before := d.Statements[at-1]
		if (before.Kind == document.Item || before.Kind == document.Prose) && strings.HasSuffix(before.Text, ":") {
			list = append(list, sentence(before, before.Text)...)
		}
	}
	for _, s := range d.Statements {
		if s.Of != at || at < 0 {
			continue
		}
		switch {
		case s.Kind == document.Comment:
			list = append(list, sentence(s, s.Text)...)
		case s.Kind == document.Output && s.Key != "":
			list = append(list, saying{rows: -1, key: s.Key, value: s.Value, by: s})
		case s.Kind == document.Output:
			list = append(list, saying{rows: -1, word: s.Text, by: s})
		}
	}
	return list
}

func sentence(by document.Statement, text string) []saying {
	if m := saidRows.FindStringSubmatch(text); m != nil {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			n = map[string]int{"no": 0, "zero": 0, "one": 1}[strings.ToLower(m[1])]
		}
		return []saying{{rows: n, by: by}}
	}
	m := saidWord.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	word := strings.TrimRight(m[1], ".:!?")
	if bare := strings.Trim(word, "\"'`"); bare != word {
		return []saying{{rows: -1, word: bare, by: by}}
	}
	if !literally(word) {
		return nil
	}
	return []saying{{rows: -1, word: word, by: by}}
}

// literally tells whether a bare word stands for itself: a number, a word in
// capitals, a single letter.
func literally(word string) bool {
	if word == "" || strings.ToLower(word) == "a" {
		return false
	}
	if _, err := strconv.ParseFloat(word, 64); err == nil {
		return true
	}
	if len(word) == 1 {
		return true
	}
	for _, r := range word {
		if !unicode.IsUpper(r) && r != '_' {
			return false
		}
	}
	return true
}

// contradicts says how an output differs from what is said of it, or nothing.
func (s saying) contradicts(stdout string) string {
	switch {
	case s.rows >= 0:
		if n, ok := rows(stdout); ok && n != s.rows {
			return fmt.Sprintf("%d rows, not %d", n, s.rows)
		}
	case s.key != "":
		return s.otherField(stdout)
	case s.word != "":
		if !hasWord(stdout, s.word) {
			return fmt.Sprintf("no %q in: %s", s.word, orNone(squeezed(clipped(stdout))))
		}
	}
	return ""
}

var (
	rowsLine = regexp.MustCompile(`(?m)^\((\d+) rows?\)$`)
	noTable  = regexp.MustCompile(`(?m)^[ ]*[-+]+$`)
)

// rows is the number of rows that psql says it prints, or that it prints
// without saying so (-At).
func rows(stdout string) (int, bool) {
	if m := rowsLine.FindAllStringSubmatch(stdout, -1); m != nil {
		n, err := strconv.Atoi(m[len(m)-1][1])
		return n, err == nil
	}
	if noTable.MatchString(stdout) {
		return 0, false
	}
	n := 0
	for line := range strings.Lines(stdout) {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return n, true
}

func hasWord(text, word string) bool {
	return regexp.MustCompile(`(?:^|[^\w])` + regexp.QuoteMeta(word) + `(?:[^\w]|$)`).MatchString(text)
}

func clipped(s string) string {
	const most = 120 // runes, of what a finding repeats of an output
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}

// otherField compares a field of a JSON answer. What is an example by its
// shape (a time, a number, a version) may have another value.
func (s saying) otherField(stdout string) string {
	var answer any
	if json.Unmarshal([]byte(stdout), &answer) != nil {
		return fmt.Sprintf("no JSON: %s", orNone(squeezed(clipped(stdout))))
	}
	value, found := field(answer, strings.Split(s.key, "."))
	switch {
	case strings.Contains(s.value, "..."):
	case !found:
		return fmt.Sprintf("there is no field %s", s.key)
	case shape(value) != shape(s.value):
		return fmt.Sprintf("%s is %s, not %s", s.key, value, s.value)
	}
	return ""
}

func field(value any, path []string) (string, bool) {
	for i, name := range path {
		object, ok := value.(map[string]any)
		if !ok {
			return "", false
		}
		// A name may have dots in it: the longest that is there counts.
		next, found := object[name]
		for end := len(path); !found && end > i+1; end-- {
			if next, found = object[strings.Join(path[i:end], ".")]; found {
				return field(next, path[end:])
			}
		}
		if !found {
			return "", false
		}
		value = next
	}
	switch v := value.(type) {
	case string:
		return v, true
	case nil:
		return "null", true
	default:
		text, err := json.Marshal(v)
		return string(text), err == nil
	}
}

var (
	digits  = regexp.MustCompile(`\d+`)
	numeric = regexp.MustCompile(`^[\d.:TZ+-]+$|^\d{4}-\d\d-\d\d`)
)

// shape is a value with its numbers blotted out where it is made of them.
func shape(value string) string {
	if numeric.MatchString(value) {
		return digits.ReplaceAllString(value, "9")
	}
	return value
}
