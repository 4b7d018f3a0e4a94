package file

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios"
)

// word says one word with its value, as often as the value has it.
func (r *reader) word(e scenarios.Expectation, w word, n *yaml.Node) scenarios.Expectation {
	switch w.shape {
	case yesShape:
		if r.yes(n, w.name) {
			e = w.say(e)
		}
	case textShape:
		for _, text := range r.texts(n, w.name) {
			if text == "" {
				r.wrong(n, "%s is empty: that says nothing", w.name)
			}
			e = w.say(e, text)
		}
	case textsShape:
		e = w.say(e, r.texts(n, w.name))
	case numberShape:
		if n.Kind == yaml.SequenceNode && w.name == "answers" {
			r.wrong(n, "answers is a list; did you mean \"answersOneOf\"?")
		} else if number, ok := r.number(n, w.name); ok {
			e = w.say(e, number)
		}
	case numbersShape:
		e = w.say(e, r.numbers(n, w.name))
	case durationShape:
		if d, ok := r.duration(n, w.name); ok {
			e = w.say(e, d)
		}
	case callerShape:
		if name, ok := r.text(n, w.name); ok {
			if c, known := callers[name]; known {
				e = w.say(e, c)
			} else {
				r.unknown(n, "caller", name, namesOf(callers))
			}
		}
	case fieldsShape:
		e = r.wordOfFields(e, w, n)
	case namedShape:
		e = r.namedWord(e, w, n)
	}
	return e
}

func (r *reader) numbers(n *yaml.Node, what string) []int {
	var list []int
	for _, item := range r.items(n) {
		if number, ok := r.number(item, what); ok {
			list = append(list, number)
		}
	}
	return list
}

// wordOfFields says a word once for each field of a document.
func (r *reader) wordOfFields(e scenarios.Expectation, w word, n *yaml.Node) scenarios.Expectation {
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		r.wrong(n, "%s is %s; it must be a mapping of fields to what they show", w.name, kindOf(n))
		return e
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		field, ok := r.text(n.Content[i], "a field of "+w.name)
		if !ok {
			continue
		}
		if seen[field] {
			r.wrong(n.Content[i], "%s %s is written twice", w.name, field)
			continue
		}
		seen[field] = true
		if value, ok := r.argument(w, n.Content[i+1], field); ok {
			e = w.say(e, field, value)
		}
	}
	return e
}

// argument reads the second argument of a word of a field.
func (r *reader) argument(w word, n *yaml.Node, field string) (any, bool) {
	what := w.name + " " + field
	switch w.method.Type.In(2) {
	case reflect.TypeFor[time.Duration]():
		return r.duration(n, what)
	case reflect.TypeFor[string]():
		text, ok := r.text(n, what)
		if ok && w.name == "matching" {
			if _, err := regexp.Compile(text); err != nil {
				r.wrong(n, "%s is no pattern: %s", what, err)
				return nil, false
			}
		}
		return text, ok
	}
	return r.value(n, what)
}

// namedWord says a word whose arguments have names. A duration that is left out is zero,
// as is the beginning of a span.
func (r *reader) namedWord(e scenarios.Expectation, w word, n *yaml.Node) scenarios.Expectation {
	arguments := make([]any, len(w.names))
	for i := range w.names {
		arguments[i] = reflect.Zero(w.method.Type.In(i + 1)).Interface()
	}
	before := len(r.problems)
	lacking := slices.DeleteFunc(slices.Clone(w.names), func(name string) bool { return slices.Contains(optional, name) })
	for _, f := range r.entries(n, w.name, w.names) {
		lacking = slices.DeleteFunc(lacking, func(name string) bool { return name == f.key })
		i := slices.Index(w.names, f.key)
		what := w.name + " " + f.key
		switch arguments[i].(type) {
		case string:
			arguments[i], _ = r.text(f.value, what)
		case int:
			arguments[i], _ = r.number(f.value, what)
		case time.Duration:
			arguments[i], _ = r.duration(f.value, what)
		case []int:
			arguments[i] = r.numbers(f.value, what)
		}
	}
	if len(lacking) > 0 && len(r.problems) == before {
		r.wrong(n, "%s lacks %s", w.name, strings.Join(lacking, ", "))
	}
	if len(r.problems) > before {
		return e
	}
	return w.say(e, arguments...)
}
