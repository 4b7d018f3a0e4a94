package consistency

import (
	"regexp"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// longest bounds a sentence, in bytes, that is compared.
const longest = 1000

// joints are where a clause ends and another begins.
var joints = regexp.MustCompile(`, (?:and|but|or|so|which) |[;:.!?] | [-–—] `)

// fillers say nothing of what a clause is about.
var fillers = map[string]bool{
	"a": true, "an": true, "the": true, "it": true, "its": true, "this": true, "that": true, "these": true,
	"is": true, "are": true, "was": true, "were": true, "be": true, "been": true,
}

// relations tell two clauses apart, but are no things.
var relations = map[string]bool{
	"after": true, "before": true, "for": true, "every": true, "within": true, "in": true, "on": true, "at": true, "of": true, "to": true, "by": true,
	"with": true, "than": true, "more": true, "less": true, "least": true, "most": true, "up": true, "over": true, "under": true, "from": true, "if": true, "when": true,
	"about": true, "approximately": true, "around": true, "default": true, "defaults": true,
}

// orders begin a step: two steps may differ.
var orders = map[string]bool{}

func init() {
	for _, w := range strings.Fields("wait run set scale increase decrease reduce raise add remove check repeat retry restart stop start use try keep let give take allow change edit adjust lower bump look monitor watch verify ensure expect consider escalate page notify call create delete step phase stage option level tier week day month year version example note") {
		orders[w] = true
	}
}

// examples are sentences whose values are not meant.
var examples = regexp.MustCompile(`(?i)\b(?:e\.g\.|for example|for instance|example|such as|suppose|typically|usually|between|from \S+ to|range|or so)\b`)

// enough is how many words, relations not counted, a clause must have, and
// enoughAnywhere how many make it mean the same in another section.
const (
	enough         = 2
	enoughAnywhere = 4
)

// clauses are what the sentences of a statement assert: one value each, of
// what their other words name.
func clauses(s document.Statement) []Assertion {
	switch s.Kind {
	case document.Symptom, document.Item, document.Prose, document.Comment:
	default:
		return nil
	}
	if s.Kind == document.Comment && s.Of >= 0 {
		return nil // on one command
	}
	if len(s.Text) > longest || examples.MatchString(s.Text) {
		return nil
	}
	var list []Assertion
	label, text := "", s.Text
	if before, rest, found := strings.Cut(text, ": "); found && len(strings.Fields(before)) <= mostLabel {
		label, text = document.Normal(before), rest
	}
	for _, text := range joints.Split(text, -1) {
		if a, ok := clause(s, text); ok {
			if label != "" {
				a.About += " of " + label
			}
			list = append(append(list, a), referring(a, text)...)
		}
	}
	return list
}

// mostLabel bounds the words of a label in front of a sentence.
const mostLabel = 5

// referring are the forms of a clause without its subject: what "it" does is
// held against what somebody named does.
func referring(a Assertion, text string) []Assertion {
	sort, words, _ := strings.Cut(a.About, " :: ")
	words, _, _ = strings.Cut(words, " § ")
	list := strings.Fields(words)
	first := strings.ToLower(strings.TrimLeft(firstField(text), "*_`"))
	if first == "it" || first == "this" {
		if counting(list) <= enough {
			return nil
		}
		a.About, a.Pronoun = "~ "+sort+" "+thing(list), true
		return []Assertion{a}
	}
	var forms []Assertion
	for n := 1; n <= mostSubject && counting(list[min(n, len(list)):]) > enough; n++ {
		one := a
		one.About = "~ " + sort + " " + thing(list[n:])
		forms = append(forms, one)
	}
	return forms
}

// mostSubject bounds the words of a subject that "it" can stand for.
const mostSubject = 3

func counting(words []string) int {
	n := 0
	for _, w := range words {
		if !relations[w] {
			n++
		}
	}
	return n
}

func firstField(s string) string {
	if f := strings.Fields(s); len(f) > 0 {
		return f[0]
	}
	return ""
}

func clause(s document.Statement, text string) (Assertion, bool) {
	var value facts.Fact
	if !strings.ContainsAny(text, "0123456789") && !strings.Contains(text, "second") && !strings.Contains(text, "minute") && !strings.Contains(text, "hour") {
		return Assertion{}, false
	}
	rest := text
	n := 0
	for _, f := range facts.Of(text) {
		switch f.Type {
		case facts.Duration, facts.Percent, facts.Number, facts.Status:
			if value = f; strings.Count(text, f.Raw) > 1 {
				return Assertion{}, false
			}
			n++
			rest = strings.Replace(rest, f.Raw, " ", 1)
		}
	}
	if n != 1 || value.Type == facts.Status {
		return Assertion{}, false
	}
	var words []string
	for _, w := range facts.Words(rest) {
		if fillers[w] || slices.Contains(words, w) {
			continue
		}
		words = append(words, w)
	}
	number := counting(words)
	if number < enough || value.Type == facts.Number && number < enough+1 || orders[words[0]] {
		return Assertion{}, false
	}
	sign := value.Value[:len(value.Value)-len(strings.TrimLeft(value.Value, "<>=~"))]
	a := Assertion{
		About: string(value.Type) + " " + sign + " :: " + thing(words), Thing: strings.Join(strings.Fields(strings.Replace(text, value.Raw, "…", 1)), " "),
		Value: strings.TrimLeft(value.Value, "<>=~"), Shown: value.Raw, Shared: number >= enoughAnywhere || strings.ContainsAny(rest, "`_") && number > enough,
	}
	if !a.Shared {
		a.About += " § " + strings.Join(s.Sections, " › ")
	}
	return a, true
}

var (
	severityName = regexp.MustCompile(`\b(?:(?:P|SEV[- ]?|S|Sev[- ]?|Severity )([0-5])|(?i:priority ([1-5])))\b`)
	answering    = regexp.MustCompile(`(?i)\brespon(?:d|se)|\backnowledg|\bMTTA\b|\breact`)
	defaulted    = regexp.MustCompile("(?i)`([A-Za-z][\\w.-]+)`[^.;]*?\\bdefaults?(?: value)?(?: is| to|:|=)? *`?([\\w%]+(?:\\.\\w+)*)`?|\\b([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+)\\b[^.;]*?\\bdefaults?(?: value)?(?: is| to|:|=)? *`?([\\w%]+(?:\\.\\w+)*)`?")
)

// severities are the times in which somebody has to respond, by severity.
func severities(s document.Statement) []Assertion {
	switch s.Kind {
	case document.Row:
		m := severityOf(s.Cells)
		if m == "" {
			return nil
		}
		for i, h := range s.Header {
			if i < len(s.Cells) && answering.MatchString(h) {
				return response(m, s.Cells[i])
			}
		}
	case document.Item, document.Prose, document.Symptom:
		all := severityName.FindAllStringSubmatch(s.Text, -1)
		if len(all) == 1 && answering.MatchString(s.Text) && len(s.Text) < longest {
			return response(all[0][1]+all[0][2], s.Text)
		}
	}
	return nil
}

func severityOf(cells []string) string {
	if len(cells) == 0 {
		return ""
	}
	if m := severityName.FindStringSubmatch(cells[0]); m != nil {
		return m[1] + m[2]
	}
	return ""
}

func response(severity, text string) []Assertion {
	var found []Assertion
	for _, f := range facts.Of(text) {
		if f.Type == facts.Duration {
			found = append(found, Assertion{About: "response " + severity, Thing: "the response time of severity " + severity, Value: strings.TrimLeft(f.Value, "<>=~"), Shown: f.Raw, Shared: true})
		}
	}
	if len(found) != 1 {
		return nil
	}
	return found
}

// defaults are the values that settings are said to have where nobody sets them.
func defaults(s document.Statement) []Assertion {
	switch s.Kind {
	case document.Item, document.Prose, document.Comment, document.Symptom:
		if len(s.Text) > longest {
			return nil
		}
		if m := defaulted.FindStringSubmatch(s.Text); m != nil {
			return []Assertion{defaultOf(m[1]+m[3], m[2]+m[4])}
		}
	case document.Row:
		for i, h := range s.Header {
			if i > 0 && i < len(s.Cells) && strings.EqualFold(strings.TrimSpace(h), "default") {
				name, value := strings.Trim(s.Cells[0], "` "), strings.Trim(s.Cells[i], "` ")
				if name != "" && value != "" && strings.Trim(value, "-–—") != "" && !strings.Contains(name, " ") {
					return []Assertion{defaultOf(name, value)}
				}
			}
		}
	}
	return nil
}

func defaultOf(name, value string) Assertion {
	compared := strings.ToLower(strings.Trim(value, "\"'"))
	if f := facts.Parse(value); f.Type == facts.Duration {
		compared = f.Value
	}
	return Assertion{About: "default " + name, Thing: "the default of " + name, Value: compared, Shown: value, Shared: true}
}
