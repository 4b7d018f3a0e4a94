// Package facts finds in a sentence what must not change when it is worded
// anew: statuses, durations, numbers, paths, addresses, names and quotations.
package facts

import (
	"regexp"
	"strings"
	"unicode"
)

// Type is what sort of thing a fact is. A fact is only ever replaced by one
// of its own type.
type Type string

// The types of facts.
const (
	Status   Type = "status"
	Number   Type = "number"
	Duration Type = "duration"
	Percent  Type = "percent"
	Version  Type = "version"
	Date     Type = "date"
	Path     Type = "path"
	Address  Type = "address"
	Name     Type = "name" // an identifier, or what stands in quotes or a code span
)

// Fact is one fact of a text.
type Fact struct {
	Type Type
	// Value is the fact in a form that can be compared; a duration or a number
	// may have a comparison in front: ">1s".
	Value string
	// Raw is the fact as written, At where it begins.
	Raw string
	At  int
	// Quoted says that it stood in quotes or in a code span.
	Quoted bool
}

func (f Fact) String() string { return f.Raw }

// Same tells whether two facts are the same. A comparison counts only where
// the wanted fact has one: "within 15 minutes" states 15 minutes.
func (f Fact) Same(want Fact) bool {
	if f.Type != want.Type {
		return false
	}
	if f.Value == want.Value {
		return true
	}
	return strings.TrimLeft(f.Value, "<>=") == want.Value
}

// Of lists the facts of a text in their order.
func Of(text string) []Fact {
	var list []Fact
	scan(text, func(word word) { list = append(list, word.facts()...) })
	return list
}

// Parse takes a whole text for one fact: "503", "> 1s", "/health/ready",
// "Circuit breaker opened".
func Parse(text string) Fact {
	if list := Of(text); len(list) == 1 && covers(list[0], text) {
		f := list[0]
		f.Raw = text
		return f
	}
	return Fact{Type: Name, Value: text, Raw: text}
}

// covers tells whether a fact is all that a text says.
func covers(f Fact, text string) bool {
	if f.Type == Duration || f.Type == Number || f.Type == Status || f.Type == Percent {
		return strings.IndexFunc(strings.TrimSpace(text), unicode.IsLetter) != 0
	}
	return f.Raw == text
}

// In tells whether a text states the fact. Names are looked for in the text
// itself: whole, and in the letters in which they are written.
func In(text string, list []Fact, want Fact) bool {
	for _, f := range list {
		if f.Same(want) {
			return true
		}
	}
	return want.Type == Name && hasName(text, want.Value)
}

func hasName(text, name string) bool {
	if name == "" {
		return false
	}
	for from := 0; ; {
		at := strings.Index(text[from:], name)
		if at < 0 {
			return false
		}
		at += from
		end := at + len(name)
		if !joins(name[0], text, at-1) && !joinsAfter(name[len(name)-1], text, end) {
			return true
		}
		from = at + 1
	}
}

// joins tells whether the character before a name would make it a part of
// something longer.
func joins(first byte, text string, at int) bool {
	if at < 0 || !wordByte(first) {
		return false
	}
	c := text[at]
	return wordByte(c) || (c == '.' || c == '-' || c == ':' || c == '$' || c == '@') && at > 0 && wordByte(text[at-1]) || c == '/' && inPath(text[:at+1])
}

// inPath tells whether a text ends within a path or a URL, and not between two
// words such as "production/staging".
func inPath(text string) bool {
	begin := strings.LastIndexAny(text, " \t\n|,;(\"`'") + 1
	return text[begin] == '/' || strings.Contains(text[begin:], "://")
}

func joinsAfter(last byte, text string, at int) bool {
	if at >= len(text) || !wordByte(last) {
		return false
	}
	c := text[at]
	return wordByte(c) || (c == '.' || c == '-' || c == ':' || c == '/' && inPath(text[:at])) && at+1 < len(text) && wordByte(text[at+1])
}

func wordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// Words are the words of a text in small letters, hyphens and marks dropped.
func Words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

var (
	numeral   = regexp.MustCompile(`^\d+(?:[.,]\d+)*$`)
	percent   = regexp.MustCompile(`^\d+(?:\.\d+)?%$`)
	version   = regexp.MustCompile(`^v?\d+\.\d+\.\d+(?:[-+][\w.]+)?$`)
	date      = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
	timed     = regexp.MustCompile(`^(\d+(?:\.\d+)?)(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)$`)
	path      = regexp.MustCompile(`^/[A-Za-z_{:][\w./{}:*~-]*$`)
	host      = regexp.MustCompile(`^[a-zA-Z][\w.-]*:\d{2,5}$`)
	method    = regexp.MustCompile(`^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$`)
	level     = regexp.MustCompile(`^(?:P|SEV-?|S)\d$`)
	shouted   = regexp.MustCompile(`^[A-Z][A-Z0-9]{5,}$|^[A-Z0-9]+_[A-Z0-9_]+$`)
	dotted    = regexp.MustCompile(`^\.?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$|^\.[A-Za-z_]\w*$`)
	under     = regexp.MustCompile(`^[A-Za-z]\w*_\w+$`)
	camel     = regexp.MustCompile(`^[a-z]+[A-Z][A-Za-z0-9]*$`)
	header    = regexp.MustCompile(`^(?:X-[A-Z][\w-]*|Content-Type|Retry-After|Idempotency-Key|Authorization|If-Match|Cache-Control|ETag)$`)
	channel   = regexp.MustCompile(`^[#@][a-z][\w-]+$`)
	variable  = regexp.MustCompile(`^\$\{?[A-Za-z_]\w*\}?$`)
	keyShape  = regexp.MustCompile(`^[\w-]+(?::[\w-]+)*:\*$|^[\w-]+(?::[\w*{}-]+){2,}$`)
	statusLow = 100
)
