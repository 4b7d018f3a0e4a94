package scenarios

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// document is what can be asked of a probe that sees a JSON object.
type document[T any] struct{ builder[T] }

// Showing asks for a JSON value (string, float64 or bool) under a dotted path.
func (d document[T]) Showing(path string, want any) T { return d.check(showing(path, want)) }

func showing(path string, want any) Check {
	return field(path, fmt.Sprintf("showing %s = %v", path, want), func(got any, _ Observation) bool { return equal(got, want) })
}

// NotShowing asks for a JSON value under a dotted path to be there and to differ.
func (d document[T]) NotShowing(path string, unwanted any) T {
	return d.check(field(path, fmt.Sprintf("showing %s, not %v", path, unwanted), func(got any, _ Observation) bool { return !equal(got, unwanted) }))
}

// Matching asks for a JSON string under a dotted path that matches a pattern.
func (d document[T]) Matching(path, pattern string) T {
	re := regexp.MustCompile(pattern)
	return d.check(field(path, fmt.Sprintf("showing %s like %s", path, pattern), func(got any, _ Observation) bool {
		s, isString := got.(string)
		return isString && re.MatchString(s)
	}))
}

// Dated asks for a time (RFC 3339) under a dotted path that is the answer's own,
// but for so much.
func (d document[T]) Dated(path string, within time.Duration) T {
	return d.check(field(path, fmt.Sprintf("showing in %s its own moment, within %s", path, within), func(got any, o Observation) bool {
		s, isString := got.(string)
		at, err := time.Parse(time.RFC3339, s)
		return isString && err == nil && !at.Before(o.At.Add(-within)) && !at.After(o.Ended().Add(within))
	}))
}

// Mentioning asks for word, in any case, as a JSON string anywhere under a dotted path.
func (d document[T]) Mentioning(path, word string) T {
	return d.check(field(path, fmt.Sprintf("mentioning %s in %s", word, path), func(got any, _ Observation) bool { return mentions(got, word) }))
}

// field is a check of the value under a dotted path.
func field(path, name string, holds func(got any, o Observation) bool) Check {
	return Check{Name: name, path: path, Holds: func(o Observation) bool {
		got, ok := at(o.Body, path)
		return ok && holds(got, o)
	}}
}

// at finds the value under a dotted path in a JSON document.
func at(body, path string) (any, bool) {
	var doc any
	if json.Unmarshal([]byte(body), &doc) != nil {
		return nil, false
	}
	for name := range strings.SplitSeq(path, ".") {
		object, ok := doc.(map[string]any)
		if !ok {
			return nil, false
		}
		if doc, ok = object[name]; !ok {
			return nil, false
		}
	}
	return doc, true
}

// equal compares a JSON value with a literal; objects and arrays equal none.
func equal(got, want any) bool {
	switch got.(type) {
	case map[string]any, []any:
		return false
	}
	return got == want
}

// mentions reports whether some string in a JSON value equals word, in any case.
func mentions(v any, word string) bool {
	switch v := v.(type) {
	case string:
		return strings.EqualFold(v, word)
	case []any:
		for _, item := range v {
			if mentions(item, word) {
				return true
			}
		}
	case map[string]any:
		for _, item := range v {
			if mentions(item, word) {
				return true
			}
		}
	}
	return false
}
