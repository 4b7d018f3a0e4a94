package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios/suggest"
)

// FileName is that of the file that is read where none is named.
const FileName = "runproof.yaml"

// entry is the value of one key as the file has it. A list has several words.
type entry struct {
	line  int
	words []string
	list  bool
}

// read reads the file: the one that is named, or the one of the working directory,
// which may be missing.
func read(named string) (path string, text []byte, err error) {
	path = named
	if path == "" {
		path = FileName
	}
	text, err = os.ReadFile(path)
	if named == "" && errors.Is(err, fs.ErrNotExist) {
		return "", nil, nil
	}
	return path, text, err
}

// parse gives the entries of a file by key. A key that none of the settings has is an
// error, as is one that stands twice.
func parse(path string, text []byte, known []string) (map[string]entry, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return nil, fmt.Errorf("%s: %s", path, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	entries := map[string]entry{}
	if len(document.Content) == 0 || document.Content[0].Tag == "!!null" {
		return entries, nil
	}
	return entries, collect(path, document.Content[0], "", known, entries)
}

func collect(path string, node *yaml.Node, above string, known []string, into map[string]entry) error {
	if node.Kind != yaml.MappingNode {
		return fmt.Errorf("%s:%d: %sexpected keys with values, such as stack: processes", path, node.Line, named(above))
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		name, value := node.Content[i], node.Content[i+1]
		key := above + name.Value
		if isGroup(key, known) && value.Kind != yaml.ScalarNode {
			if err := collect(path, value, key+".", known, into); err != nil {
				return err
			}
			continue
		}
		if !slices.Contains(known, key) {
			return fmt.Errorf("%s:%d: unknown key %q; %s", path, name.Line, key, hint(key, known))
		}
		if _, twice := into[key]; twice {
			return fmt.Errorf("%s:%d: %s stands there twice; remove one of the two", path, name.Line, key)
		}
		e, err := valueOf(value)
		if err != nil {
			return fmt.Errorf("%s:%d: %s: %w", path, value.Line, key, err)
		}
		into[key] = e
	}
	return nil
}

// isGroup tells whether keys begin with this one and a dot.
func isGroup(key string, known []string) bool {
	return slices.ContainsFunc(known, func(k string) bool { return strings.HasPrefix(k, key+".") })
}

// hint says which key may be meant.
func hint(key string, known []string) string {
	// A key at the top may be that of a command: "jobs" for "verify.jobs", and not for
	// that of a command below one.
	nearest := ""
	for _, k := range known {
		if strings.HasSuffix(k, "."+key) && (nearest == "" || strings.Count(k, ".") < strings.Count(nearest, ".")) {
			nearest = k
		}
	}
	if nearest != "" {
		return fmt.Sprintf("did you mean %q?", nearest)
	}
	if near := suggest.Nearest(key, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "runproof config lists all keys"
}

func named(above string) string {
	if above == "" {
		return ""
	}
	return strings.TrimSuffix(above, ".") + ": "
}

func valueOf(node *yaml.Node) (entry, error) {
	e := entry{line: node.Line}
	switch {
	case node.Kind == yaml.ScalarNode && node.Tag == "!!null":
		return e, errors.New("has no value; give one or remove the key")
	case node.Kind == yaml.ScalarNode:
		e.words = []string{node.Value}
		return e, nil
	case node.Kind == yaml.SequenceNode:
		e.list = true
		for _, item := range node.Content {
			if item.Kind != yaml.ScalarNode {
				return e, errors.New("a list may have plain values only")
			}
			e.words = append(e.words, item.Value)
		}
		return e, nil
	}
	return e, errors.New("expected one value")
}
