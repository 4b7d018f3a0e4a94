package file

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/binding"
)

// The keys of a file of claims, in the order in which they are written.
var (
	claimsKeys = []string{"format", "subject", "claims"}
	claimKeys  = []string{"id", "section", "text", "facts", "words", "command", "field", "untestable", "counterExamples"}
	fieldKeys  = []string{"key", "value"}
	worldKeys  = []string{"world", "scenario", "phase", "stage", "expectation"}
)

// claimID is dotted kebab case: section, part and fact.
var claimID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$`)

// phases are those of which there is an expectation to be a counter-example of.
var phases = []string{
	string(scenarios.PhaseSteady), string(scenarios.PhaseAlways), string(scenarios.PhaseDuring), string(scenarios.PhaseAfter), string(scenarios.PhaseAudit),
}

// placedClaim is a claim with its line.
type placedClaim struct {
	binding.Claim
	at              *yaml.Node
	counterExamples []ledger.CounterExample
}

// claims reads a file of them.
func (r *reader) claims(text []byte) (subject string, list []placedClaim) {
	doc := r.document(text)
	if doc == nil {
		return "", nil
	}
	before := len(r.problems)
	entries := r.entries(doc, "the file", claimsKeys)
	if len(r.problems) == before && !slices.ContainsFunc(entries, func(e entry) bool { return e.key == "claims" }) {
		r.wrong(doc, "the file has no claims")
	}
	for _, e := range entries {
		switch {
		case e.key == "format":
			r.format(e.value)
		case e.key == "subject":
			subject, _ = r.text(e.value, e.key)
		case e.value.Kind != yaml.SequenceNode || len(e.value.Content) == 0:
			r.wrong(e.value, "claims are %s; they must be a list", kindOf(e.value))
		default:
			for _, item := range e.value.Content {
				list = append(list, r.claim(item))
			}
		}
	}
	return subject, list
}

// claim reads one, with what is needed to find its statement.
func (r *reader) claim(n *yaml.Node) placedClaim {
	c := placedClaim{at: n}
	before := len(r.problems)
	seen := map[string]bool{}
	for _, e := range r.entries(n, "a claim", claimKeys) {
		seen[e.key] = true
		switch e.key {
		case "id":
			c.ID, _ = r.text(e.value, e.key)
		case "section":
			c.Section, _ = r.text(e.value, e.key)
		case "text":
			c.Text, _ = r.text(e.value, e.key)
		case "facts":
			c.Facts = r.texts(e.value, e.key)
		case "words":
			c.Words = r.texts(e.value, e.key)
		case "command":
			c.Class, c.Forms = binding.Command, r.texts(e.value, e.key)
		case "field":
			c.Class, c.Facts = binding.Field, r.field(e.value)
		case "untestable":
			c.Untestable, _ = r.text(e.value, e.key)
		case "counterExamples":
			for _, item := range r.items(e.value) {
				c.counterExamples = append(c.counterExamples, r.counterExample(item))
			}
		}
	}
	if len(r.problems) == before {
		r.sound(c, seen)
	}
	return c
}

// sound notes what a claim lacks, or has too much of.
func (r *reader) sound(c placedClaim, seen map[string]bool) {
	for _, key := range []string{"id", "section", "text"} {
		if !seen[key] {
			r.wrong(c.at, "claim %q lacks its %s", c.ID, key)
			return
		}
	}
	switch {
	case !claimID.MatchString(c.ID):
		r.wrong(c.at, "claim %q: an id is made of parts in kebab case, joined by full stops, as database.symptom.503", c.ID)
	case strings.TrimSpace(c.Text) == "":
		r.wrong(c.at, "claim %q says nothing: its text is empty", c.ID)
	case seen["command"] && (seen["field"] || seen["words"]), seen["field"] && (seen["facts"] || seen["words"]):
		r.wrong(c.at, "claim %q: it is made by a command, by a field, or by a sentence with facts and words", c.ID)
	case !seen["command"] && !seen["field"] && !seen["facts"] && !seen["words"]:
		r.wrong(c.at, "claim %q: nothing tells its statement from others; give facts, words, a command or a field", c.ID)
	}
}

// field reads the name and the value of a field of an output, or of a setting.
func (r *reader) field(n *yaml.Node) []string {
	key, value, hasValue := "", "", false
	for _, e := range r.entries(n, "a field", fieldKeys) {
		if e.key == "key" {
			key, _ = r.text(e.value, e.key)
		} else {
			value, hasValue = r.text(e.value, e.key)
		}
	}
	switch {
	case key == "":
		r.wrong(n, "a field lacks its key")
		return nil
	case !hasValue:
		return []string{key}
	}
	return []string{key, value}
}

// counterExample reads a broken world in which the claim was found FALSE.
func (r *reader) counterExample(n *yaml.Node) (c ledger.CounterExample) {
	key := judge.OutcomeKey{}
	for _, e := range r.entries(n, "a counter-example", worldKeys) {
		switch e.key {
		case "world":
			c.World, _ = r.text(e.value, e.key)
		case "scenario":
			key.Scenario, _ = r.text(e.value, e.key)
		case "phase":
			phase, _ := r.oneOf(e.value, e.key, phases)
			key.Phase = scenarios.Phase(phase)
		case "stage":
			key.Stage, _ = r.number(e.value, e.key)
		case "expectation":
			key.Expectation, _ = r.text(e.value, e.key)
		}
	}
	if c.World == "" || key.Scenario == "" || key.Phase == "" || key.Expectation == "" {
		r.wrong(n, "a counter-example needs the world, and the scenario, phase and expectation that found it")
	}
	c.OutcomeKey = key
	return c
}
