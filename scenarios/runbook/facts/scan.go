package facts

import (
	"strconv"
	"strings"
	"time"
)

// word is one word of a text, or one quotation, with what stands before it.
type word struct {
	text   string
	at     int
	quoted bool
	code   bool
	before []string // the words before it, the nearest last
	after  string   // the word behind it
}

// quotes are the pairs of marks around quotations.
var quotes = map[rune]string{'"': `"`, '“': "”", '`': "`", '«': "»"}

// scan calls visit for each word and each quotation. What stands in a code
// span is visited as a whole, and word by word where it is more than one.
func scan(text string, visit func(word)) {
	var before []string
	var pending *word
	give := func(w word) {
		if pending != nil {
			pending.after = w.text
			visit(*pending)
		}
		w.before = before
		before = append(before, w.text)
		if len(before) > 4 {
			before = before[1:]
		}
		pending = &w
	}
	for i := 0; i < len(text); {
		r := rune(text[i])
		size := 1
		if r >= 0x80 {
			for _, open := range []rune{'“', '«'} {
				if strings.HasPrefix(text[i:], string(open)) {
					r, size = open, len(string(open))
				}
			}
		}
		if closing, ok := quotes[r]; ok {
			if end := strings.Index(text[i+size:], closing); end >= 0 && end <= maxQuotation {
				inner := text[i+size : i+size+end]
				give(word{text: strings.TrimSpace(inner), at: i + size, quoted: true, code: r == '`'})
				i += size + end + len(closing)
				continue
			}
			i += size
			continue
		}
		if separator(text[i]) {
			i++
			continue
		}
		end := i
		for end < len(text) && !separator(text[end]) && text[end] != '"' && text[end] != '`' {
			end++
		}
		if end == i {
			i++
			continue
		}
		raw := text[i:end]
		trimmed := strings.TrimRight(raw, ".,:;!?)]}'")
		if strings.HasSuffix(raw, ":*)") {
			trimmed = strings.TrimRight(raw, ")")
		}
		lead := len(trimmed) - len(strings.TrimLeft(trimmed, "([{'"))
		if trimmed = trimmed[lead:]; trimmed != "" {
			give(word{text: trimmed, at: i + lead})
		}
		i = end
	}
	if pending != nil {
		visit(*pending)
	}
}

// maxQuotation bounds a quotation, in bytes: beyond it the mark is a stray one.
const maxQuotation = 400

func separator(c byte) bool {
	switch c {
	case ' ', '\t', '\n', '\r', ',', ';', '|', '(', ')', '[', ']':
		return true
	}
	return false
}

func (w word) fact(t Type, value string) []Fact {
	return []Fact{{Type: t, Value: value, Raw: w.text, At: w.at, Quoted: w.quoted}}
}

func (w word) facts() []Fact {
	if w.quoted {
		return w.quotation()
	}
	return w.bare()
}

// quotation is what stands in quotes: a fact by its shape, a name otherwise.
// A code span with words of its own, such as a piece of JSON, is looked into.
func (w word) quotation() []Fact {
	if w.text == "" {
		return nil
	}
	if w.code && strings.ContainsAny(w.text, "\"") {
		return inside(w)
	}
	plain := w
	plain.before = nil
	if f := plain.bare(); len(f) == 1 && (f[0].Type == Path || f[0].Type == Duration || f[0].Type == Status || f[0].Type == Percent || f[0].Type == Address) {
		return f
	}
	if w.code && strings.Contains(w.text, " ") {
		if list := inside(w); len(list) > 0 {
			return list
		}
	}
	return w.fact(Name, w.text)
}

func inside(w word) []Fact {
	var list []Fact
	for _, f := range Of(w.text) {
		f.At += w.at
		f.Quoted = true
		list = append(list, f)
	}
	return list
}

// bare is a word outside of quotes: a fact by its shape, or nothing.
func (w word) bare() []Fact {
	s := w.text
	c := s[0]
	if plainWord(s) {
		if d, ok := w.spelt(); ok {
			return w.fact(Duration, w.comparison()+d)
		}
		return nil
	}
	switch {
	case c >= '0' && c <= '9' || c == '>' || c == '<' || c == '~' || c == '=':
		return w.numeric()
	case c == '/' && path.MatchString(s):
		return w.fact(Path, strings.TrimRight(s, "/"))
	case strings.Contains(s, "://"):
		return w.url()
	}
	if d, ok := w.spelt(); ok {
		return w.fact(Duration, w.comparison()+d)
	}
	switch {
	case host.MatchString(s):
		return w.fact(Address, s)
	case method.MatchString(s), level.MatchString(s), shouted.MatchString(s), dotted.MatchString(s) && !abbreviation(s),
		under.MatchString(s), camel.MatchString(s), header.MatchString(s), channel.MatchString(s), variable.MatchString(s), keyShape.MatchString(s):
		return w.fact(Name, s)
	}
	return nil
}

// plainWord tells whether a word is small letters alone, as most are: it has
// the shape of no fact.
func plainWord(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return true
}

func abbreviation(s string) bool {
	switch strings.ToLower(s) {
	case "e.g", "i.e", "a.m", "p.m", "etc.", "node.js":
		return true
	}
	return false
}

// url is the address and the path of a URL.
func (w word) url() []Fact {
	_, rest, _ := strings.Cut(w.text, "://")
	address, p, found := strings.Cut(rest, "/")
	var list []Fact
	if address != "" {
		list = append(list, Fact{Type: Address, Value: address, Raw: address, At: w.at, Quoted: w.quoted})
	}
	if found && p != "" {
		p, _, _ = strings.Cut(p, "?")
		list = append(list, Fact{Type: Path, Value: "/" + strings.TrimRight(p, "/"), Raw: "/" + p, At: w.at, Quoted: w.quoted})
	}
	return list
}

func (w word) numeric() []Fact {
	s := strings.TrimLeft(w.text, "<>=~")
	sign := strings.Trim(w.text[:len(w.text)-len(s)], "~")
	if s == "" {
		return nil
	}
	if sign == "" {
		sign = w.comparison()
	}
	switch {
	case date.MatchString(s):
		return w.fact(Date, s)
	case version.MatchString(s):
		return w.fact(Version, strings.TrimPrefix(s, "v"))
	case percent.MatchString(s):
		return w.fact(Percent, s)
	}
	if m := timed.FindStringSubmatch(s); m != nil {
		return w.fact(Duration, sign+duration(m[1], m[2]))
	}
	if parts := strings.Split(s, "/"); len(parts) > 1 {
		var list []Fact
		for _, p := range parts {
			if !numeral.MatchString(p) {
				return nil
			}
			one := word{text: p, at: w.at}
			list = append(list, one.numeric()...)
		}
		return list
	}
	if strings.HasSuffix(strings.ToLower(s), "xx") && len(s) == 3 {
		return w.fact(Status, strings.ToLower(s))
	}
	if !numeral.MatchString(s) {
		return nil
	}
	if unit := strings.ToLower(w.after); timed.MatchString("1"+unit) && !w.quoted {
		f := w.fact(Duration, sign+duration(s, unit))
		f[0].Raw = s + " " + w.after
		return f
	}
	if n, err := strconv.Atoi(s); err == nil && len(s) == 3 && n >= statusLow && n < 600 && sign == "" {
		return w.fact(Status, s)
	}
	return w.fact(Number, sign+s)
}

// comparison is what the words before a number say of it.
func (w word) comparison() string {
	n := len(w.before)
	if n == 0 {
		return ""
	}
	last := strings.ToLower(w.before[n-1])
	two := last
	if n > 1 {
		two = strings.ToLower(w.before[n-2]) + " " + last
	}
	switch {
	case two == "more than", two == "longer than", two == "greater than", two == "slower than", two == "higher than",
		last == ">", last == "over", last == "above", last == "exceed", last == "exceeds", last == "exceeding":
		return ">"
	case two == "less than", two == "shorter than", two == "faster than", two == "fewer than", last == "<", last == "under", last == "below":
		return "<"
	case two == "at least", last == ">=", last == "≥":
		return ">="
	case two == "at most", two == "up to", last == "<=", last == "≤", last == "within":
		return "<="
	}
	return ""
}

var numberWords = map[string]string{
	"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
	"fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90",
}

// spelt is a duration in words: "thirty seconds", and "a second" where it is
// compared with.
func (w word) spelt() (string, bool) {
	n, ok := numberWords[strings.ToLower(w.text)]
	if low := strings.ToLower(w.text); !ok && (low == "a" || low == "an") && w.comparison() != "" {
		n, ok = "1", true
	}
	unit := strings.ToLower(w.after)
	if !ok || len(unit) < 3 || !timed.MatchString("1"+unit) {
		return "", false
	}
	return duration(n, unit), true
}

// duration is a number of units in one form, whatever the unit.
func duration(n, unit string) string {
	f, err := strconv.ParseFloat(strings.ReplaceAll(n, ",", ""), 64)
	if err != nil || f > 1e6 {
		return n + unit
	}
	scale := time.Second
	switch {
	case strings.HasPrefix(unit, "ms"), strings.HasPrefix(unit, "milli"):
		scale = time.Millisecond
	case strings.HasPrefix(unit, "m"):
		scale = time.Minute
	case strings.HasPrefix(unit, "h"):
		scale = time.Hour
	case strings.HasPrefix(unit, "d"):
		scale = 24 * time.Hour
	}
	return time.Duration(f * float64(scale)).String()
}
