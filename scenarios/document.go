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

func showing(path string, want any) Check { return Check{Kind: "showing", Path: path, Value: want} }

func (c Check) showingReads() string { return fmt.Sprintf("showing %s = %v", c.Path, c.Value) }

func (c Check) showingHolds(got any, _ Observation) bool { return equal(got, c.Value) }

// NotShowing asks for a JSON value under a dotted path to be there and to differ.
func (d document[T]) NotShowing(path string, unwanted any) T {
	return d.check(Check{Kind: "notShowing", Path: path, Value: unwanted})
}

func (c Check) notShowingReads() string { return fmt.Sprintf("showing %s, not %v", c.Path, c.Value) }

func (c Check) notShowingHolds(got any, _ Observation) bool { return !equal(got, c.Value) }

// Matching asks for a JSON string under a dotted path that matches a pattern.
func (d document[T]) Matching(path, pattern string) T {
	return d.check(Check{Kind: "matching", Path: path, Text: regexp.MustCompile(pattern).String()})
}

func (c Check) matchingReads() string { return fmt.Sprintf("showing %s like %s", c.Path, c.Text) }

func (c Check) matchingHolds(got any, _ Observation) bool {
	s, isString := got.(string)
	matches, err := regexp.MatchString(c.Text, s)
	return isString && err == nil && matches
}

// Dated asks for a time (RFC 3339) under a dotted path that is the answer's own,
// but for so much.
func (d document[T]) Dated(path string, within time.Duration) T {
	return d.check(Check{Kind: "dated", Path: path, To: within})
}

func (c Check) datedReads() string {
	return fmt.Sprintf("showing in %s its own moment, within %s", c.Path, c.To)
}

func (c Check) datedHolds(got any, o Observation) bool {
	s, isString := got.(string)
	at, err := time.Parse(time.RFC3339, s)
	return isString && err == nil && !at.Before(o.At.Add(-c.To)) && !at.After(o.Ended().Add(c.To))
}

// Mentioning asks for word, in any case, as a JSON string anywhere under a dotted path.
func (d document[T]) Mentioning(path, word string) T {
	return d.check(Check{Kind: "mentioning", Path: path, Text: word})
}

func (c Check) mentioningReads() string { return fmt.Sprintf("mentioning %s in %s", c.Text, c.Path) }

func (c Check) mentioningHolds(got any, _ Observation) bool { return mentions(got, c.Text) }

// ofField is a check of the value under a dotted path.
func ofField(holds func(c Check, got any, o Observation) bool) func(Check, Observation) bool {
	return func(c Check, o Observation) bool {
		got, ok := at(o.Body, c.Path)
		return ok && holds(c, got, o)
	}
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
