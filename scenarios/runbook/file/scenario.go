package file

import (
	"errors"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios"
)

// format is the number of this form of the files; it may be left out.
const format = 1

// The keys of each part of a file, in the order in which they are written.
var (
	scenariosKeys = []string{"format", "scenarios"}
	scenarioKeys  = []string{
		"id", "title", "section", "severity", "budget", "also", "load", "pods", "repeat", "steady", "always", "fault", "during", "escalates",
		"diagnosis", "remedy", "after",
	}
	loadKeys  = []string{"rate", "readsOnly", "createsOnly"}
	stageKeys = []string{"fault", "during"}
	stepKeys  = []string{"claim", "command", "shows", "showsUnderFault", "ofAnotherFault"}
)

// placedScenario is a scenario with the lines of what it says.
type placedScenario struct {
	scenarios.Scenario
	at *yaml.Node
	// claims are where each claim is named first.
	claims map[string]*yaml.Node
}

// scenarios reads a file of them.
func (r *scenarioReader) scenarios(text []byte) []placedScenario {
	doc := r.document(text)
	if doc == nil {
		return nil
	}
	before := len(r.problems)
	entries := r.entries(doc, "the file", scenariosKeys)
	if len(r.problems) == before && !slices.ContainsFunc(entries, func(e entry) bool { return e.key == "scenarios" }) {
		r.wrong(doc, "the file has no scenarios")
	}
	var list []placedScenario
	for _, e := range entries {
		switch {
		case e.key == "format":
			r.format(e.value)
		case e.value.Kind != yaml.SequenceNode || len(e.value.Content) == 0:
			r.wrong(e.value, "scenarios are %s; they must be a list", kindOf(e.value))
		default:
			for _, item := range e.value.Content {
				list = append(list, r.scenario(item))
			}
		}
	}
	return list
}

func (r *reader) format(n *yaml.Node) {
	if number, ok := r.number(n, "format"); ok && number != format {
		r.wrong(n, "format %d is not known; this runproof reads %d", number, format)
	}
}

// scenarioReader reads a file of scenarios.
type scenarioReader struct {
	reader
	// lines are where the scenario at hand has each expectation, by how that reads.
	lines map[string]*yaml.Node
	// claims are where it names each claim first.
	claims map[string]*yaml.Node
}

// scenario reads one.
func (r *scenarioReader) scenario(n *yaml.Node) placedScenario {
	r.lines, r.claims = map[string]*yaml.Node{}, map[string]*yaml.Node{}
	var s scenarios.Scenario
	before := len(r.problems)
	seen := map[string]bool{}
	for _, e := range r.entries(n, "a scenario", scenarioKeys) {
		seen[e.key] = true
		switch e.key {
		case "id":
			s.ID, _ = r.text(e.value, e.key)
		case "title":
			s.Title, _ = r.text(e.value, e.key)
		case "section":
			s.Section, _ = r.text(e.value, e.key)
		case "severity":
			severity, _ := r.oneOf(e.value, e.key, severities)
			s.Severity = scenarios.Severity(severity)
		case "budget":
			s.Budget, _ = r.duration(e.value, e.key)
		case "also":
			for _, item := range r.items(e.value) {
				if name, ok := r.oneOf(item, "property", properties); ok {
					s.Also = append(s.Also, scenarios.Property(name))
				}
			}
		case "load":
			s.Load = r.load(e.value)
		case "pods":
			s.Pods, _ = r.number(e.value, e.key)
		case "repeat":
			s.Repeat, _ = r.number(e.value, e.key)
		case "steady":
			s.Steady = r.expectations(e.value)
		case "always":
			s.Always = r.expectations(e.value)
		case "fault":
			s.Fault = r.fault(e.value)
		case "during":
			s.During = r.expectations(e.value)
		case "escalates":
			s.Escalates = r.stages(e.value)
		case "diagnosis":
			s.Diagnosis = r.steps(e.value)
		case "remedy":
			s.Remedy = r.remedies(e.value)
		case "after":
			s.After = r.expectations(e.value)
		}
	}
	for _, key := range []string{"id", "title", "section", "severity", "budget", "steady"} {
		if len(r.problems) == before && !seen[key] {
			r.wrong(n, "scenario %q lacks its %s", s.ID, key)
		}
	}
	if len(r.problems) == before { // what is wrong as a whole would only follow from it
		r.whole(n, s)
	}
	return placedScenario{s, n, r.claims}
}

// whole notes what the vocabulary rejects of a scenario as a whole, each at the line of
// the expectation that it is about, if it is about one.
func (r *scenarioReader) whole(n *yaml.Node, s scenarios.Scenario) {
	err := s.Validate()
	if err == nil {
		return
	}
	if inner := errors.Unwrap(err); inner != nil {
		err = inner
	}
	for line := range strings.Lines(err.Error()) {
		at := n
		for reads, where := range r.lines {
			if strings.Contains(line, reads) {
				at = where
			}
		}
		r.wrong(at, "scenario %s: %s", s.ID, strings.TrimSpace(line))
	}
}

func (r *reader) oneOf(n *yaml.Node, what string, known []string) (string, bool) {
	name, ok := r.text(n, what)
	if ok && !slices.Contains(known, name) {
		r.unknown(n, what, name, known)
		return "", false
	}
	return name, ok
}

func (r *reader) load(n *yaml.Node) (l scenarios.Load) {
	for _, e := range r.entries(n, "load", loadKeys) {
		switch e.key {
		case "rate":
			l.Rate, _ = r.number(e.value, e.key)
		case "readsOnly":
			l.ReadsOnly = r.yes(e.value, e.key)
		case "createsOnly":
			l.CreatesOnly = r.yes(e.value, e.key)
		}
	}
	return l
}

func (r *scenarioReader) stages(n *yaml.Node) []scenarios.Stage {
	var list []scenarios.Stage
	for _, item := range r.items(n) {
		var s scenarios.Stage
		for _, e := range r.entries(item, "a stage", stageKeys) {
			if e.key == "fault" {
				s.Fault = r.fault(e.value)
			} else {
				s.During = r.expectations(e.value)
			}
		}
		list = append(list, s)
	}
	return list
}

func (r *scenarioReader) steps(n *yaml.Node) []scenarios.Step {
	var list []scenarios.Step
	for _, item := range r.items(n) {
		var s scenarios.Step
		for _, e := range r.entries(item, "a diagnosis step", stepKeys) {
			switch e.key {
			case "claim":
				s.Claim, _ = r.text(e.value, e.key)
				r.names(s.Claim, e.value)
			case "command":
				s.Command, _ = r.text(e.value, e.key)
			case "shows":
				s.Healthy = r.texts(e.value, e.key)
			case "showsUnderFault":
				s.Faulty = r.texts(e.value, e.key)
			case "ofAnotherFault":
				s.OfAnother = r.yes(e.value, e.key)
			}
		}
		list = append(list, s)
	}
	return list
}

// names notes where a claim is named.
func (r *scenarioReader) names(claim string, at *yaml.Node) {
	if r.claims[claim] == nil {
		r.claims[claim] = at
	}
}
