package scenarios

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Check is one thing that must be true of an observation.
type Check struct {
	// Name reads after the probe: "answers 503".
	Name string
	// Holds judges one observation. It is pure.
	Holds func(Observation) bool
	// slowerThan is set by checks that ask for slowness, so that a scenario
	// whose fault alone makes them true can be rejected.
	slowerThan time.Duration
	// Statuses are those of which one is asked for.
	Statuses []int
	// path is the field of a document that it is asked of.
	path string
	// on are the kinds of probe of which it can be asked.
	on []ProbeKind
	// one names what an observation has one of, where the check asks for its
	// value: no second check of an expectation can.
	one string
	// absence is set by what holds while nothing is seen.
	absence bool
}

// answered are the probes that see an HTTP answer, documents those that see JSON.
var (
	answered  = []ProbeKind{ProbeHTTP}
	documents = []ProbeKind{ProbeHTTP, ProbeProcess}
)

const theStatus = "the status"

func answers(status int) Check {
	return Check{
		Name:     fmt.Sprintf("answers %d", status),
		Holds:    func(o Observation) bool { return o.Status == status },
		Statuses: []int{status}, one: theStatus, on: answered,
	}
}

// statusNames lists statuses in words.
func statusNames(statuses []int) string {
	names := make([]string, len(statuses))
	for i, status := range statuses {
		names[i] = strconv.Itoa(status)
	}
	return strings.Join(names, " or ")
}

func answersOneOf(statuses []int) Check {
	return Check{
		Name:     "answers " + statusNames(statuses),
		Holds:    func(o Observation) bool { return slices.Contains(statuses, o.Status) },
		Statuses: statuses, one: theStatus, on: answered,
	}
}

func saying(text string) Check {
	return Check{
		Name:  fmt.Sprintf("saying %q", text),
		Holds: func(o Observation) bool { return o.Status != 0 && strings.Contains(o.Body, text) },
		on:    answered,
	}
}

func sayingOnce(text string) Check {
	return Check{
		Name:  fmt.Sprintf("saying %q once", text),
		Holds: func(o Observation) bool { return o.Status != 0 && strings.Count(o.Body, text) == 1 },
		on:    answered,
	}
}

func notSaying(text string) Check {
	return Check{
		Name:  fmt.Sprintf("not saying %q", text),
		Holds: func(o Observation) bool { return o.Status != 0 && !strings.Contains(o.Body, text) },
		on:    answered,
	}
}

func withHeader(name string) Check {
	return Check{
		Name:  "with " + name,
		Holds: func(o Observation) bool { return o.Header[name] != "" },
		on:    answered,
	}
}

func ifHeader(name, value string) Check {
	return Check{
		Name: fmt.Sprintf("with %s: %s, if at all", name, value),
		Holds: func(o Observation) bool {
			return o.Status != 0 && (o.Header[name] == "" || o.Header[name] == value)
		},
		on: answered,
	}
}

func fasterThan(d time.Duration) Check {
	return Check{
		Name:  fmt.Sprintf("in less than %s", d),
		Holds: func(o Observation) bool { return o.Status != 0 && o.Took < d },
		on:    answered, one: "the longest time",
	}
}

func slowerThan(d time.Duration) Check {
	return Check{
		Name:       fmt.Sprintf("after more than %s", d),
		Holds:      func(o Observation) bool { return o.Took > d },
		slowerThan: d,
		on:         answered, one: "the shortest time",
	}
}

func showing(path string, want any) Check {
	return Check{
		Name: fmt.Sprintf("showing %s = %v", path, want),
		Holds: func(o Observation) bool {
			got, ok := at(o.Body, path)
			return ok && equal(got, want)
		},
		on: documents, path: path,
	}
}

func notShowing(path string, unwanted any) Check {
	return Check{
		Name: fmt.Sprintf("showing %s, not %v", path, unwanted),
		Holds: func(o Observation) bool {
			got, ok := at(o.Body, path)
			return ok && !equal(got, unwanted)
		},
		on: documents, path: path,
	}
}

func matching(path, pattern string) Check {
	re := regexp.MustCompile(pattern)
	return Check{
		Name: fmt.Sprintf("showing %s like %s", path, pattern),
		Holds: func(o Observation) bool {
			got, ok := at(o.Body, path)
			s, isString := got.(string)
			return ok && isString && re.MatchString(s)
		},
		on: documents, path: path,
	}
}

func dated(path string, within time.Duration) Check {
	return Check{
		Name: fmt.Sprintf("showing in %s its own moment, within %s", path, within),
		Holds: func(o Observation) bool {
			got, ok := at(o.Body, path)
			s, isString := got.(string)
			moment, err := time.Parse(time.RFC3339, s)
			return ok && isString && err == nil && !moment.Before(o.At.Add(-within)) && !moment.After(o.Ended().Add(within))
		},
		on: documents, path: path,
	}
}

func mentioning(path, word string) Check {
	return Check{
		Name: fmt.Sprintf("mentioning %s in %s", word, path),
		Holds: func(o Observation) bool {
			got, ok := at(o.Body, path)
			return ok && mentions(got, word)
		},
		on: documents, path: path,
	}
}

// logged judges the lines that the probe itself has found to match.
func logged(name string) Check {
	return Check{Name: name, on: []ProbeKind{ProbeLog}, Holds: func(o Observation) bool { return len(o.Lines) > 0 }}
}

// notLogged holds while the probe finds nothing, and could look.
func notLogged(name string) Check {
	return Check{Name: name, on: []ProbeKind{ProbeLog}, absence: true, Holds: func(o Observation) bool { return len(o.Lines) == 0 && o.Err == "" }}
}

func silent() Check {
	return Check{
		Name:  "shows each tenant its own data and nothing else",
		Holds: func(o Observation) bool { return o.Own && len(o.Foreign) == 0 },
		on:    []ProbeKind{ProbeIsolation}, one: "what the watch shows",
	}
}

func leaks() Check {
	return Check{
		Name:  "shows a tenant another's data",
		Holds: func(o Observation) bool { return len(o.Foreign) > 0 },
		on:    []ProbeKind{ProbeIsolation}, one: "what the watch shows",
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
