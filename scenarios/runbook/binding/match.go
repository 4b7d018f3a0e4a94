package binding

import (
	"regexp"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// Shape in front of a fact means that the value is an example: what counts is
// where it has digits, letters and marks.
const Shape = "like "

// Or parts the ways in which a claim's fact may be written.
const Or = "|"

// states tells whether a sentence states a fact in one of its writings.
func states(text string, list []facts.Fact, fact string) bool {
	for _, f := range strings.Split(fact, Or) {
		if facts.In(text, list, facts.Parse(f)) {
			return true
		}
	}
	return false
}

// match tells whether a statement makes a claim, and how well it fits.
func (b *binder) match(c Claim, i int) (bool, float64) {
	s := b.d.Statements[i]
	if !c.admits(s) {
		return false, 0
	}
	switch {
	case c.Class == Command:
		return b.sameCommand(c, i)
	case c.Class == Field && (s.Kind == document.Output || s.Kind == document.Setting):
		return sameField(c, s), 1
	}
	return b.sameText(c, i)
}

func (b *binder) sameCommand(c Claim, i int) (bool, float64) {
	have := b.tokens(i)
	for _, form := range c.Forms {
		want := b.formTokens(form)
		if b.d.Statements[i].Kind == document.Query {
			want = queriesOf(want)
		}
		if len(want) == 0 {
			continue
		}
		if missing, extra := difference(have, want); len(missing)+len(extra) == 0 {
			return true, 1
		}
	}
	return false, 0
}

// queriesOf are the queries among the words of a command.
func queriesOf(tokens []string) []string {
	var list []string
	for _, t := range tokens {
		if sqlStart.MatchString(t) {
			list = append(list, t)
		}
	}
	return list
}

// sameField compares a field's name and value with a claim's two facts; where
// the name is a path, its end decides.
func sameField(c Claim, s document.Statement) bool {
	if len(c.Facts) == 0 || s.Key == "" || !sameKey(s.Key, c.Facts[0]) {
		return false
	}
	return len(c.Facts) < 2 || SameValue(s.Value, c.Facts[1])
}

// sameKey compares names of fields. A wanted one that begins with a full stop
// counts from the root, any other from wherever it ends.
func sameKey(key, want string) bool {
	if root, ok := strings.CutPrefix(want, "."); ok {
		return key == root
	}
	return key == want || strings.HasSuffix(key, "."+want)
}

// SameValue compares the value of a field with a claim's, by its shape where the
// claim gives an example.
func SameValue(value, want string) bool {
	if example, ok := strings.CutPrefix(want, Shape); ok {
		return shape(value) == shape(example)
	}
	return value == want
}

var (
	digit   = regexp.MustCompile(`\d`)
	number  = regexp.MustCompile(`\d+`)
	letters = regexp.MustCompile(`[a-z]+`)
)

// shape is a value with its digits and words blotted out. How many digits a
// number has counts in a time, and nowhere else.
func shape(value string) string {
	numerals := number
	if strings.Contains(value, ":") {
		numerals = digit
	}
	return letters.ReplaceAllString(numerals.ReplaceAllString(value, "9"), "a")
}

// sameText tells whether a sentence states all facts of a claim and is about
// what the claim is about. Facts that many claims share (a status, a number)
// need words beside them; facts of their own do not; without facts, all the
// words must be there.
func (b *binder) sameText(c Claim, i int) (bool, float64) {
	s := b.d.Statements[i]
	list := b.facts(i)
	if c.Class == Field && !quotedKey(c, list) {
		return false, 0
	}
	strong := false
	for _, f := range c.Facts {
		if !states(s.Text, list, f) || negated(s.Text, f) {
			return false, 0
		}
		strong = strong || isStrong(facts.Parse(strings.Split(f, Or)[0]))
	}
	hits := b.hits(c, i)
	score := 1.0
	if len(c.Words) > 0 {
		score = float64(hits) / float64(len(c.Words))
	}
	switch {
	case len(c.Facts) == 0 && (len(c.Words) == 0 || hits < len(c.Words)):
		return false, 0
	case len(c.Facts) > 0 && !strong && 2*hits < len(c.Words):
		return false, 0
	}
	if b.denied(c, i) {
		return false, 0
	}
	if c.role() == document.RoleSymptom && s.Role == document.RoleSymptom {
		score += 0.1
	}
	return true, score
}

// isStrong tells whether a fact is hardly stated by chance.
func isStrong(f facts.Fact) bool {
	switch f.Type {
	case facts.Name:
		return len(f.Value) >= 6
	case facts.Path:
		return true
	}
	return false
}

// quotedKey tells whether a sentence names a field as such: in a code span or
// in quotes.
func quotedKey(c Claim, list []facts.Fact) bool {
	if len(c.Facts) == 0 {
		return false
	}
	for _, f := range list {
		if f.Quoted && sameKey(strings.TrimPrefix(f.Value, "."), c.Facts[0]) {
			return true
		}
	}
	return false
}

// hits counts the groups of words of which one occurs.
func (b *reader) hits(c Claim, i int) int {
	n := 0
	for _, group := range c.Words {
		if _, found := b.word(group, i); found {
			n++
		}
	}
	return n
}

// word finds the word of a statement that begins as one of the group does.
func (b *reader) word(group string, i int) (int, bool) {
	for at, w := range b.words(i) {
		for _, begin := range strings.Split(group, "|") {
			if strings.HasPrefix(w, begin) {
				return at, true
			}
		}
	}
	return 0, false
}

var denials = map[string]bool{"not": true, "no": true, "never": true, "without": true, "cannot": true, "isn": true, "doesn": true, "don": true, "won": true, "neither": true, "nor": true}

// denied tells whether a word on which a claim stands is denied right before
// it, where the claim does not say so itself.
func (b *reader) denied(c Claim, i int) bool {
	list := b.words(i)
	for _, group := range c.Words {
		for _, begin := range strings.Split(group, "|") {
			if denials[begin] {
				return false
			}
		}
	}
	for _, group := range c.Words {
		at, found := b.word(group, i)
		if !found {
			continue
		}
		for back := 1; back <= 2 && at-back >= 0; back++ {
			w := list[at-back]
			if w == "0pause" {
				break
			}
			if denials[w] || w == "t" && at-back > 0 && denials[list[at-back-1]] {
				return true
			}
		}
	}
	return false
}

var denying = regexp.MustCompile(`(?i)(?:\bnot|\bno|\bnever|\bwithout|\binstead of|\brather than)(?:\s+(?:a|an|the|with|more|than|any|by))*\s+["'` + "`" + `]?$`)

// negated tells whether a fact stands in a text only to be denied: "not 503".
func negated(text, fact string) bool {
	at := strings.Index(text, fact)
	return at > 0 && denying.MatchString(text[:at])
}
