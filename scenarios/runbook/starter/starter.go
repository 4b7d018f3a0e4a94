// Package starter makes a beginning for a runbook that no claims are known of
// yet: a skeleton of claims with the facts that it recognised, and with what
// only somebody who knows the service can fill in.
package starter

import (
	"bytes"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// Unknown stands where a person has to write.
const Unknown = "FILL IN"

// Claim is one claim of a skeleton.
type Claim struct {
	ID        string   `yaml:"id"`
	Section   string   `yaml:"section"`
	Line      int      `yaml:"line"`
	Kind      string   `yaml:"kind"`
	Statement string   `yaml:"statement"`
	Text      string   `yaml:"text"`
	Facts     []Fact   `yaml:"facts,omitempty"`
	Command   []string `yaml:"command,omitempty,flow"`
	// Scenario and CounterExample are what makes a claim testable.
	Scenario       string `yaml:"scenario"`
	CounterExample string `yaml:"counterExample"`
}

// Fact is a fact that was recognised.
type Fact struct {
	Type  string `yaml:"type"`
	Value string `yaml:"value"`
}

// Skeleton are the claims of a document as far as they can be recognised.
type Skeleton struct {
	Subject string  `yaml:"subject"`
	Claims  []Claim `yaml:"claims"`
	// Unrecognised are the statements without any fact: claims for words, or
	// for a reason why they cannot be tested.
	Unrecognised []Plain `yaml:"withoutFacts,omitempty"`
}

// Plain is a statement in which nothing was recognised.
type Plain struct {
	Line       int    `yaml:"line"`
	Statement  string `yaml:"statement"`
	Untestable string `yaml:"untestable"`
}

// New makes the skeleton of a document.
func New(d *document.Document) Skeleton {
	s := Skeleton{Subject: Unknown}
	ids := map[string]int{}
	for _, statement := range d.Statements {
		if statement.Kind == document.Link {
			continue
		}
		c := Claim{
			Section: statement.Section(), Line: statement.Line, Kind: string(statement.Kind), Statement: oneLine(statement.Text),
			Text: Unknown, Scenario: Unknown, CounterExample: Unknown,
		}
		c.recognise(statement)
		if len(c.Facts) == 0 && len(c.Command) == 0 {
			s.Unrecognised = append(s.Unrecognised, Plain{statement.Line, oneLine(statement.Text), Unknown})
			continue
		}
		c.ID = identify(statement)
		if ids[c.ID]++; ids[c.ID] > 1 {
			c.ID = fmt.Sprintf("%s-%d", c.ID, ids[c.ID])
		}
		s.Claims = append(s.Claims, c)
	}
	return s
}

func (c *Claim) recognise(s document.Statement) {
	switch s.Kind {
	case document.Command:
		c.Command = binding.Tokens(s.Text)
	case document.Query:
		c.Command = []string{binding.Query(s.Text)}
	case document.Output, document.Setting:
		if s.Key != "" {
			c.Facts = []Fact{{"field", s.Key}, {"value", s.Value}}
			return
		}
		fallthrough
	default:
		for _, f := range facts.Of(s.Text) {
			c.Facts = append(c.Facts, Fact{string(f.Type), f.Value})
		}
	}
}

// identify proposes an id: section, part and what it is about.
func identify(s document.Statement) string {
	part := string(s.Kind)
	if s.Role != document.NoRole && s.Kind != document.Output && s.Kind != document.Setting {
		part = string(s.Role)
	}
	text := s.Text
	if s.Key != "" {
		text = s.Key
	}
	return strings.Trim(document.Slug(s.Section(), 2), "-") + "." + part + "." + document.Slug(text, 4)
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

const preamble = `# Claims recognised in %s.
# Nothing here is proven. For each claim: say in your own words what it promises (text),
# name the scenario that would show it, and a broken world in which it would be false
# (counterExample); without one, no check of it can be trusted. Strike out what is none,
# and give a reason (untestable) to what no machine can decide. Wherever a person has to
# write stands %s.

`

// Encode writes a skeleton as YAML.
func (s Skeleton) Encode(name string) ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, preamble, oneLine(name), Unknown)
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if err := encoder.Encode(s); err != nil {
		return nil, fmt.Errorf("skeleton: %w", err)
	}
	return b.Bytes(), encoder.Close()
}
