package file

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/suggest"
)

// Keys of an expectation that are no words of its own.
const (
	bodyKey = "body" // of POST and PUT
	andKey  = "and"  // further words, where one is said again
)

// expectations reads a list of them.
func (r *scenarioReader) expectations(n *yaml.Node) []scenarios.Expectation {
	if n.Kind != yaml.SequenceNode {
		r.wrong(n, "expectations are %s; they must be a list", kindOf(n))
		return nil
	}
	var list []scenarios.Expectation
	for _, item := range n.Content {
		before := len(r.problems)
		e := r.expectation(item)
		if e == nil || len(r.problems) > before {
			continue
		}
		if err := e.Spec().Validate(); err != nil {
			r.wrong(item, "%s", err)
			continue
		}
		r.lines[e.Spec().String()] = item
		for _, claim := range e.Spec().Claims {
			r.names(claim, item)
		}
		list = append(list, e)
	}
	return list
}

// expectation reads one; nil: it cannot be told what it looks at.
func (r *reader) expectation(n *yaml.Node) scenarios.Expectation {
	if n.Kind != yaml.MappingNode {
		r.wrong(n, "an expectation is %s; it must be a mapping", kindOf(n))
		return nil
	}
	k, what := r.kind(n)
	if k == nil {
		return nil
	}
	e := k.of(what)
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == bodyKey && (k.name == "POST" || k.name == "PUT") {
			if body, ok := r.text(n.Content[i+1], bodyKey); ok {
				e = withBody(k.name, what, scenarios.Body(body))
			}
		}
	}
	return r.said(e, *k, n)
}

func withBody(method, path string, body scenarios.Body) scenarios.Expectation {
	if method == "PUT" {
		return scenarios.PUT(path, body)
	}
	return scenarios.POST(path, body)
}

// kind finds what an expectation looks at: the one key that says so.
func (r *reader) kind(n *yaml.Node) (found *kind, what string) {
	var keys []string
	for _, k := range kinds {
		if !slices.Contains(keys, k.key) {
			keys = append(keys, k.key)
		}
	}
	var at, value *yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		if !slices.Contains(keys, n.Content[i].Value) {
			continue
		}
		if at != nil {
			r.wrong(n.Content[i], "an expectation looks at one thing: %s or %s", at.Value, n.Content[i].Value)
			return nil, ""
		}
		at, value = n.Content[i], n.Content[i+1]
	}
	if at == nil {
		for i := 0; i+1 < len(n.Content); i += 2 {
			name := n.Content[i].Value
			if near := suggest.Nearest(name, keys); near != "" && !everyWord[name] && name != bodyKey && name != andKey {
				r.wrong(n.Content[i], "key %q is not known; did you mean %q?", name, near)
				return nil, ""
			}
			if slices.ContainsFunc(kinds, func(k kind) bool { return k.key == probeKey && k.name == name }) {
				r.wrong(n.Content[i], "key %q is not known; did you mean \"probe: %s\"?", name, name)
				return nil, ""
			}
		}
		r.wrong(n, "an expectation looks at nothing; it needs one of %s", strings.Join(keys, ", "))
		return nil, ""
	}
	what, ok := r.text(value, at.Value)
	if !ok {
		return nil, ""
	}
	var probes []string
	for i, k := range kinds {
		if k.key == at.Value && (k.key != probeKey || k.name == what) {
			found = &kinds[i]
		}
		if k.key == probeKey {
			probes = append(probes, k.name)
		}
	}
	switch {
	case found == nil:
		r.unknown(value, "probe", what, probes)
	case found.name == "calls" && dependencies[what] == "":
		r.unknown(value, "dependency", what, namesOf(dependencies))
		return nil, ""
	case what == "":
		r.wrong(value, "%s looks at nothing", at.Value)
		return nil, ""
	}
	return found, what
}

// said says each word of a mapping of an expectation.
func (r *reader) said(e scenarios.Expectation, k kind, n *yaml.Node) scenarios.Expectation {
	known := namesOf(words(e))
	own := []string{k.key, andKey}
	if k.name == "POST" || k.name == "PUT" {
		own = append(own, bodyKey)
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch w, isWord := words(e)[key.Value]; {
		case key.Kind != yaml.ScalarNode:
			r.wrong(key, "a key of an expectation is %s", kindOf(key))
		case seen[key.Value]:
			r.wrong(key, "%s is written twice; say it again in a list, or under \"and\"", key.Value)
		case key.Value == andKey:
			e = r.further(e, k, value)
		case slices.Contains(own, key.Value):
		case !isWord && everyWord[key.Value]:
			r.wrong(key, "%s cannot be asked of %s; what can be: %s", key.Value, k.name, strings.Join(known, ", "))
		case !isWord:
			r.unknown(key, "key", key.Value, slices.Concat(known, own))
		default:
			e = r.word(e, w, value)
		}
		seen[key.Value] = true
	}
	return e
}

// everyWord are the words of all kinds.
var everyWord = func() map[string]bool {
	all := map[string]bool{}
	for _, k := range kinds {
		for name := range words(k.of("")) {
			all[name] = true
		}
	}
	return all
}()

// further says the words below "and".
func (r *reader) further(e scenarios.Expectation, k kind, n *yaml.Node) scenarios.Expectation {
	for _, item := range r.items(n) {
		if item.Kind != yaml.MappingNode {
			r.wrong(item, "\"and\" is followed by %s; it must be by words of the expectation", kindOf(item))
			continue
		}
		for i := 0; i+1 < len(item.Content); i += 2 {
			if name := item.Content[i].Value; name == k.key || name == bodyKey || name == andKey {
				r.wrong(item.Content[i], "%s cannot stand under \"and\"", name)
				return e
			}
		}
		e = r.said(e, k, item)
	}
	return e
}
