package document

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxDepth bounds the nesting that is looked into.
const maxDepth = 60

// tree makes a statement of every leaf of a YAML or JSON document. JSON is
// read as YAML too, which it is, for the places of its values.
func (c *code) tree(kind Kind, language string) {
	of := -1
	if kind == Output {
		of = c.w.lastCommand()
	}
	c.leaves(c.text, 0, kind, language, of)
}

// leaves reads text, whose first line is the block's line first.
func (c *code) leaves(text string, first int, kind Kind, language string, of int) bool {
	if language == JSON {
		// Tabs indent in JSON and must not in YAML.
		text = strings.ReplaceAll(text, "\t", " ")
	}
	decoder := yaml.NewDecoder(strings.NewReader(text))
	found := false
	for {
		var root yaml.Node
		err := decoder.Decode(&root)
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			line := 0
			if m := atLine.FindStringSubmatch(err.Error()); m != nil {
				line, _ = strconv.Atoi(m[1])
				line--
			}
			line = min(max(first+line, 0), len(c.start)-1)
			c.problem(language, strings.TrimPrefix(err.Error(), "yaml: "), c.start[line])
			return found
		}
		found = true
		c.leaf(&root, "", first, kind, of, 0)
	}
}

var atLine = regexp.MustCompile(`line (\d+)`)

func (c *code) leaf(n *yaml.Node, path string, first int, kind Kind, of, depth int) {
	if depth > maxDepth {
		return
	}
	switch n.Kind {
	case yaml.DocumentNode:
		for _, child := range n.Content {
			c.leaf(child, path, first, kind, of, depth+1)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i].Value
			if path != "" {
				key = path + "." + key
			}
			if value := n.Content[i+1]; value.Kind == yaml.ScalarNode || value.Kind == yaml.AliasNode {
				c.addSetting(n.Content[i], key, value, first, kind, of)
				continue
			}
			c.leaf(n.Content[i+1], key, first, kind, of, depth+1)
		}
	case yaml.SequenceNode:
		for i, child := range n.Content {
			c.leaf(child, path+"["+itoa(i)+"]", first, kind, of, depth+1)
		}
	default:
		if path != "" {
			c.addSetting(n, path, n, first, kind, of)
		}
	}
}

func (c *code) addSetting(at *yaml.Node, key string, value *yaml.Node, first int, kind Kind, of int) {
	line := min(max(first+at.Line-1, 0), len(c.start)-1)
	s := Statement{Kind: kind, Key: key, Value: value.Value, Text: key + ": " + value.Value, Of: of}
	c.add(s, c.start[line]+min(max(at.Column-1, 0), len(c.line(line))))
}

// hashes makes statements of the comments of a YAML document.
func (c *code) hashes() {
	for i := range c.start {
		line := c.line(i)
		trimmed := strings.TrimLeft(line, " \t")
		if text := strings.TrimSpace(strings.TrimLeft(trimmed, "#")); strings.HasPrefix(trimmed, "#") && text != "" {
			c.add(Statement{Kind: Comment, Text: unnumbered(text), Of: -1}, c.start[i]+len(line)-len(trimmed))
		}
	}
}
