package file

import (
	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/binding"
)

// WriteClaims writes the claims of a content, with their counter-examples, so that
// [Read] reads them again as they are.
func WriteClaims(c Content, notes Notes) ([]byte, error) {
	items := sequence()
	for _, claim := range c.Claims {
		n := claimNode(claim, c.CounterExamples[claim.ID])
		n.HeadComment = notes.Claims[claim.ID]
		items.Content = append(items.Content, n)
	}
	m := &mapping{}
	m.text("subject", c.Subject)
	m.set("claims", items)
	return encode(m.node())
}

func claimNode(c binding.Claim, known []ledger.CounterExample) *yaml.Node {
	m := &mapping{}
	m.text("id", c.ID)
	m.text("section", c.Section)
	m.text("text", c.Text)
	switch c.Class {
	case binding.Field:
		field := &mapping{}
		field.set("key", textNode(c.Facts[0]))
		if len(c.Facts) > 1 {
			field.set("value", textNode(c.Facts[1]))
		}
		m.set("field", field.line())
	default:
		m.list("facts", textNodes(c.Facts))
		m.list("words", textNodes(c.Words))
	}
	if len(c.Forms) > 0 {
		m.set("command", oneOrMore(c.Forms))
	}
	m.text("untestable", c.Untestable)
	worlds := sequence()
	for _, k := range known {
		w := &mapping{}
		w.text("world", k.World)
		w.text("scenario", k.Scenario)
		w.text("phase", string(k.Phase))
		if k.Stage != 0 {
			w.set("stage", numberNode(int64(k.Stage)))
		}
		w.text("expectation", k.Expectation)
		worlds.Content = append(worlds.Content, w.node())
	}
	m.list("counterExamples", worlds)
	return m.node()
}
