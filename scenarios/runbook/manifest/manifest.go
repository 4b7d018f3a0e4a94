// Package manifest finds what is wrong with the manifests, the compose files
// and the alerts that a runbook prints: what the cluster refuses, what the
// image does not have, numbers that do not fit each other.
//
// One rule is one file.
package manifest

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

// Rules lists the rules.
func Rules() []rule.Rule {
	return []rule.Rule{selector, imageTool, memoryHeadroom, alertNumber}
}

// limits bound the work on one document.
const (
	maxBlock  = 64 << 10 // bytes
	maxBlocks = 500
)

// roots are the YAML documents of a runbook with the line before their first.
func roots(in *rule.Input, marks ...string) []root {
	var list []root
	for _, b := range in.Blocks {
		if b.Is != document.YAML || len(b.Text) > maxBlock || len(list) > maxBlocks || !strings.Contains(b.Text, marks[0]) {
			continue
		}
		decoder := yaml.NewDecoder(strings.NewReader(b.Text))
		for range 20 {
			var n yaml.Node
			if decoder.Decode(&n) != nil || len(n.Content) == 0 {
				break
			}
			list = append(list, root{node: n.Content[0], before: b.Line - 1, text: b.Text})
		}
	}
	return list
}

type root struct {
	node   *yaml.Node
	before int
	text   string
}

func (r root) finding(n *yaml.Node, text, proposal string) rule.Finding {
	return rule.Finding{Line: r.before + n.Line, Column: n.Column, Statement: -1, Text: text, Proposal: proposal}
}

// at follows keys down, or is nil.
func at(n *yaml.Node, path ...string) *yaml.Node {
	for _, key := range path {
		if n == nil || n.Kind != yaml.MappingNode {
			return nil
		}
		var next *yaml.Node
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == key {
				next = n.Content[i+1]
				break
			}
		}
		n = next
	}
	return n
}

func value(n *yaml.Node, path ...string) string {
	if n = at(n, path...); n != nil && n.Kind == yaml.ScalarNode {
		return n.Value
	}
	return ""
}

// each calls a function for every mapping below a node, to a depth.
func each(n *yaml.Node, depth int, f func(*yaml.Node)) {
	if n == nil || depth == 0 || n.Kind == yaml.AliasNode {
		return
	}
	if n.Kind == yaml.MappingNode {
		f(n)
	}
	for _, c := range n.Content {
		each(c, depth-1, f)
	}
}

// maxDepth bounds how deep a document is looked into.
const maxDepth = 24

// words are the texts of a command: a scalar, or those of a list.
func words(n *yaml.Node) string {
	if n == nil {
		return ""
	}
	if n.Kind == yaml.ScalarNode {
		return n.Value
	}
	var list []string
	for _, c := range n.Content {
		if c.Kind == yaml.ScalarNode {
			list = append(list, c.Value)
		}
	}
	return strings.Join(list, "\n")
}
