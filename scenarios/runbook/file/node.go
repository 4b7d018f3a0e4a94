package file

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// sizeLimit bounds a file, in bytes: all scenarios of the event-service have 150 kB.
const sizeLimit = 8 << 20

// document is the one document of a file; nil: there is none that could be read.
func (r *reader) document(text []byte) *yaml.Node {
	if len(text) > sizeLimit {
		r.wrong(&yaml.Node{}, "the file has %d bytes; at most %d are read", len(text), sizeLimit)
		return nil
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var doc, more yaml.Node
	switch err := decoder.Decode(&doc); {
	case errors.Is(err, io.EOF):
		r.wrong(&yaml.Node{}, "the file is empty")
		return nil
	case err != nil:
		r.syntax(err)
		return nil
	}
	switch err := decoder.Decode(&more); {
	case err == nil:
		r.wrong(&more, "a second document begins here; a file has one")
	case !errors.Is(err, io.EOF):
		r.syntax(err)
	}
	if n := elsewhere(&doc); n != nil {
		r.wrong(n, "anchors, aliases and tags are not read; write out what is meant")
		return nil
	}
	return doc.Content[0]
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// syntax notes what the YAML parser says, at the line that it names.
func (r *reader) syntax(err error) {
	text := err.Error()
	line := 1
	if found := yamlLine.FindStringSubmatch(text); found != nil {
		line, _ = strconv.Atoi(found[1])
		text = strings.TrimPrefix(text, found[0])
	}
	r.wrong(&yaml.Node{Line: line}, "no YAML: %s", text)
}

// elsewhere finds a node that stands for another, or says what it is itself.
func elsewhere(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode || n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 {
		return n
	}
	for _, below := range n.Content {
		if found := elsewhere(below); found != nil {
			return found
		}
	}
	return nil
}

// entry is a key of a mapping and its value.
type entry struct {
	key       string
	at, value *yaml.Node
}

// entries are those of a mapping, each key once and none but those known. Where n is no
// mapping there are none.
func (r *reader) entries(n *yaml.Node, what string, known []string) []entry {
	if n.Kind != yaml.MappingNode {
		r.wrong(n, "%s is %s; it must be a mapping", what, kindOf(n))
		return nil
	}
	var list []entry
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case key.Kind != yaml.ScalarNode:
			r.wrong(key, "a key of %s is %s", what, kindOf(key))
		case slices.ContainsFunc(list, func(e entry) bool { return e.key == key.Value }):
			r.wrong(key, "%s is written twice", key.Value)
		case !slices.Contains(known, key.Value):
			r.unknown(key, "key", key.Value, known)
		default:
			list = append(list, entry{key.Value, key, value})
		}
	}
	return list
}

// kindOf says what a node is.
func kindOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	switch n.ShortTag() {
	case "!!null":
		return "empty"
	case "!!bool":
		return "a boolean"
	case "!!int", "!!float":
		return "a number"
	case "!!timestamp":
		return "a date"
	}
	return "a text"
}

// items are those of a list, or n itself where it is none: a list of one needs no dash.
func (r *reader) items(n *yaml.Node) []*yaml.Node {
	if n.Kind == yaml.SequenceNode {
		if len(n.Content) == 0 {
			r.wrong(n, "the list is empty")
		}
		return n.Content
	}
	return []*yaml.Node{n}
}

func (r *reader) text(n *yaml.Node, what string) (string, bool) {
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!str" && n.ShortTag() != "!!merge" { // a lonely "<<" is a text
		hint := ""
		if n.Kind == yaml.ScalarNode && n.ShortTag() != "!!null" {
			hint = "; put it in quotes"
		}
		r.wrong(n, "%s is %s; it must be a text%s", what, kindOf(n), hint)
		return "", false
	}
	return n.Value, true
}

// texts are those of a list, or one.
func (r *reader) texts(n *yaml.Node, what string) []string {
	var list []string
	for _, item := range r.items(n) {
		if text, ok := r.text(item, what); ok {
			list = append(list, text)
		}
	}
	return list
}

func (r *reader) number(n *yaml.Node, what string) (int, bool) {
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!int" {
		if number, err := strconv.ParseInt(n.Value, 10, 32); err == nil {
			return int(number), true
		}
	}
	r.wrong(n, "%s is %s; it must be a whole number", what, shown(n))
	return 0, false
}

// shown is a scalar as it is written, or what else a node is.
func shown(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode && n.ShortTag() != "!!null" {
		return strconv.Quote(n.Value)
	}
	return kindOf(n)
}

func (r *reader) duration(n *yaml.Node, what string) (time.Duration, bool) {
	if n.Kind == yaml.ScalarNode {
		if d, err := time.ParseDuration(n.Value); err == nil && (n.ShortTag() == "!!str" || n.Value == "0") {
			return d, true
		}
	}
	r.wrong(n, "%s is %s; it must be a duration such as 30s, 1500ms or 2m", what, shown(n))
	return 0, false
}

// yes reads what can only be true: what is not meant is not written.
func (r *reader) yes(n *yaml.Node, what string) bool {
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!bool" && strings.EqualFold(n.Value, "true") {
		return true
	}
	r.wrong(n, "%s is %s; it must be true, or left out", what, shown(n))
	return false
}

// value reads a value of a JSON document: a text, a number or a boolean.
func (r *reader) value(n *yaml.Node, what string) (any, bool) {
	if n.Kind == yaml.ScalarNode {
		switch n.ShortTag() {
		case "!!str":
			return n.Value, true
		case "!!bool":
			return strings.EqualFold(n.Value, "true"), true
		case "!!int", "!!float":
			var number float64
			if n.Decode(&number) == nil && number == number && number-number == 0 { // neither no number nor infinite
				return number, true
			}
		}
	}
	r.wrong(n, "%s is %s; it must be a text, a number or a boolean", what, kindOf(n))
	return nil, false
}
