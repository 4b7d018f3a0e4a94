package file

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios"
)

// Notes are comments for people, that are written beside what they are about: claims and
// scenarios by id, expectations by the id of their scenario and how they read.
type Notes struct {
	Claims, Scenarios map[string]string
	Expectations      map[NoteKey]string
}

// NoteKey is an expectation of a scenario.
type NoteKey struct{ Scenario, Expectation string }

// WriteScenarios writes scenarios so that [Read] reads them again as they are. Those that
// are no data, as the plays of a runbook's commands, are not for a file.
func WriteScenarios(list []scenarios.Scenario, notes Notes) ([]byte, error) {
	items := sequence()
	for _, s := range list {
		n := writer{notes, s.ID}.scenarioNode(s)
		n.HeadComment = notes.Scenarios[s.ID]
		items.Content = append(items.Content, n)
	}
	m := &mapping{}
	m.set("scenarios", items)
	return encode(m.node())
}

func encode(n *yaml.Node) ([]byte, error) {
	var b bytes.Buffer
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if err := encoder.Encode(n); err != nil {
		return nil, fmt.Errorf("yaml: %w", err)
	}
	if err := encoder.Close(); err != nil {
		return nil, fmt.Errorf("yaml: %w", err)
	}
	return b.Bytes(), nil
}

// mapping is a YAML mapping that is being written.
type mapping struct{ content []*yaml.Node }

func (m *mapping) set(key string, value *yaml.Node) {
	m.content = append(m.content, textNode(key), value)
}

// text sets a text, unless there is none.
func (m *mapping) text(key, value string) {
	if value != "" {
		m.set(key, textNode(value))
	}
}

func (m *mapping) list(key string, n *yaml.Node) {
	if len(n.Content) > 0 {
		m.set(key, n)
	}
}

func (m *mapping) node() *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode, Content: m.content} }

// line is the mapping in one line.
func (m *mapping) line() *yaml.Node {
	n := m.node()
	n.Style = yaml.FlowStyle
	return n
}

func sequence(items ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Content: items}
}

// textNode is a text. One with characters that do not print is written with escapes.
func textNode(text string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
	plain := func(r rune) bool { return r == '\n' || strconv.IsPrint(r) }
	if strings.ContainsFunc(text, func(r rune) bool { return !plain(r) }) || strings.Contains(text, "\n") && strings.TrimLeft(text, " \n") != text || strings.Contains(text, " \n") {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

func textNodes(list []string) *yaml.Node {
	n := sequence()
	length := 0
	for _, text := range list {
		n.Content = append(n.Content, textNode(text))
		length += len(text)
	}
	if length < 80 && !slices.ContainsFunc(list, func(text string) bool { return strings.Contains(text, "\n") }) {
		n.Style = yaml.FlowStyle
	}
	return n
}

// oneOrMore is a text where there is one, else a list.
func oneOrMore(list []string) *yaml.Node {
	if len(list) == 1 {
		return textNode(list[0])
	}
	return textNodes(list)
}

func numberNode(n int64) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.FormatInt(n, 10)}
}

func yesNode() *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: "true"} }

// durationNode is a duration without what is zero in it: 2m, not 2m0s.
func durationNode(d time.Duration) *yaml.Node {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return textNode(text)
}

// writer writes a scenario with its notes.
type writer struct {
	notes    Notes
	scenario string
}

func (w writer) scenarioNode(s scenarios.Scenario) *yaml.Node {
	m := &mapping{}
	m.text("id", s.ID)
	m.text("title", s.Title)
	m.text("section", s.Section)
	m.text("severity", string(s.Severity))
	m.set("budget", durationNode(s.Budget))
	also := make([]string, len(s.Also))
	for i, p := range s.Also {
		also[i] = string(p)
	}
	m.list("also", textNodes(also))
	if s.Load != (scenarios.Load{}) {
		m.set("load", loadNode(s.Load))
	}
	if s.Pods != 0 {
		m.set("pods", numberNode(int64(s.Pods)))
	}
	if s.Repeat != 0 {
		m.set("repeat", numberNode(int64(s.Repeat)))
	}
	m.list("steady", w.expectations(s.Steady))
	m.list("always", w.expectations(s.Always))
	if !s.Fault.IsZero() {
		m.set("fault", faultNode(s.Fault))
	}
	m.list("during", w.expectations(s.During))
	stages := sequence()
	for _, stage := range s.Escalates {
		one := &mapping{}
		one.set("fault", faultNode(stage.Fault))
		one.list("during", w.expectations(stage.During))
		stages.Content = append(stages.Content, one.node())
	}
	m.list("escalates", stages)
	m.list("diagnosis", stepNodes(s.Diagnosis))
	m.list("remedy", remedyNodes(s.Remedy))
	m.list("after", w.expectations(s.After))
	return m.node()
}

func loadNode(l scenarios.Load) *yaml.Node {
	m := &mapping{}
	if l.Rate != 0 {
		m.set("rate", numberNode(int64(l.Rate)))
	}
	if l.ReadsOnly {
		m.set("readsOnly", yesNode())
	}
	if l.CreatesOnly {
		m.set("createsOnly", yesNode())
	}
	return m.line()
}

func stepNodes(list []scenarios.Step) *yaml.Node {
	all := sequence()
	for _, s := range list {
		m := &mapping{}
		m.text("claim", s.Claim)
		m.text("command", s.Command)
		if len(s.Healthy) > 0 {
			m.set("shows", oneOrMore(s.Healthy))
		}
		if len(s.Faulty) > 0 {
			m.set("showsUnderFault", oneOrMore(s.Faulty))
		}
		if s.OfAnother {
			m.set("ofAnotherFault", yesNode())
		}
		all.Content = append(all.Content, m.node())
	}
	return all
}

func remedyNodes(list []scenarios.Remedy) *yaml.Node {
	all := sequence()
	for _, r := range list {
		at := slices.IndexFunc(remedyWords, func(w remedyWord) bool { return w.kind == string(r.Kind) })
		m, w := &mapping{}, remedyWords[at]
		if w.argument == "" {
			m.text(w.name, r.Claim)
		} else {
			inner := &mapping{}
			inner.text(claimKey, r.Claim)
			if w.argument == replicasKey {
				inner.set(replicasKey, numberNode(int64(r.Replicas)))
			} else {
				inner.text(commandKey, r.Command)
			}
			m.set(w.name, inner.node())
		}
		all.Content = append(all.Content, m.node())
	}
	return all
}
