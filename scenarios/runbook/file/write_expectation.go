package file

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
)

func (w writer) expectations(list []scenarios.Expectation) *yaml.Node {
	all := sequence()
	for _, e := range list {
		n := expectationNode(e.Spec())
		n.HeadComment = w.notes.Expectations[NoteKey{w.scenario, e.Spec().String()}]
		all.Content = append(all.Content, n)
	}
	return all
}

// nameOf is the key of a value in a map; each value is there once.
func nameOf[V comparable](m map[string]V, value V) string {
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if m[name] == value {
			return name
		}
	}
	return ""
}

// expectationNode is an expectation with its words: what is looked at, what must be
// true of it, and when.
func expectationNode(e scenarios.ExpectationSpec) *yaml.Node {
	m := &mapping{}
	p := e.Probe
	var plain scenarios.ExpectationSpec // the kind, before anything was asked of it
	switch p.Kind {
	case scenarios.ProbeHTTP:
		m.text(p.Method, p.Path)
		m.text("body", string(p.Body))
	case scenarios.ProbeCache:
		m.text("cache", p.Text)
	case scenarios.ProbeCommand:
		m.text("command", p.Text)
	case scenarios.ProbeCalls:
		m.text("calls", nameOf(dependencies, p.On))
	default:
		m.text(probeKey, string(p.Kind))
	}
	if p.Kind == scenarios.ProbeAudit {
		plain = scenarios.Audit().Spec()
	}
	if p.As != scenarios.TheTenant {
		m.text("as", nameOf(callers, p.As))
	}
	m.text("of", string(p.Of))
	m.text("sending", p.Raw)
	m.text("ifMatch", p.IfMatch)
	m.text("withKey", p.IdempotencyKey)
	if p.Kind == scenarios.ProbeCache || p.Kind == scenarios.ProbeHits {
		m.text("afterReading", p.Path)
	}
	checkNodes(m, e)
	if e.Deadline != plain.Deadline {
		m.set("by", durationNode(e.Deadline))
	}
	timeNodes(m, e)
	basisNodes(m, e)
	return m.node()
}

// timeNodes are the words of how often, since when, and which answer decides.
func timeNodes(m *mapping, e scenarios.ExpectationSpec) {
	if e.InARow != 0 {
		m.set("times", numberNode(int64(e.InARow)))
	}
	m.text("called", e.Milestone)
	if e.SinceMilestone != "" {
		since := &mapping{}
		since.text("milestone", e.SinceMilestone)
		if e.NotBefore != 0 {
			since.set("notBefore", durationNode(e.NotBefore))
		}
		m.set("since", since.line())
	}
	if e.UnaffectedByFault {
		m.set("undisturbed", yesNode())
	}
	if len(e.HealthyChecks) > 0 {
		m.set("insteadOf", numberNode(int64(e.HealthyChecks[0].Statuses[0])))
	}
	if e.FirstAnswer {
		m.set("atOnce", yesNode())
	}
	if e.RefusedLater != "" {
		later := &mapping{}
		later.text("why", e.RefusedLater)
		later.set("until", numberNodes(e.UntilRefused))
		m.set("refusedLater", later.node())
	}
}

func basisNodes(m *mapping, e scenarios.ExpectationSpec) {
	switch e.Basis {
	case scenarios.Documented:
		m.set("proves", oneOrMore(e.Claims))
	case scenarios.Implied:
		m.set("implied", yesNode())
	case scenarios.Contract:
		m.set("byContract", yesNode())
	case scenarios.Inferred:
		m.set("inferred", yesNode())
	}
}

func numberNodes(list []int) *yaml.Node {
	n := sequence()
	n.Style = yaml.FlowStyle
	for _, number := range list {
		n.Content = append(n.Content, numberNode(int64(number)))
	}
	return n
}

// checkWord is how a kind of check is written.
type checkWord struct {
	word  string
	value func(scenarios.Check) *yaml.Node
}

var (
	yesOf      = func(scenarios.Check) *yaml.Node { return yesNode() }
	textOf     = func(c scenarios.Check) *yaml.Node { return textNode(c.Text) }
	durationOf = func(c scenarios.Check) *yaml.Node { return durationNode(c.To) }
	fieldOf    = func(value func(scenarios.Check) *yaml.Node) func(scenarios.Check) *yaml.Node {
		return func(c scenarios.Check) *yaml.Node {
			m := &mapping{}
			m.content = append(m.content, textNode(c.Path), value(c))
			return m.line()
		}
	}
	spanOf = func(c scenarios.Check) *yaml.Node {
		m := &mapping{}
		if c.From != 0 {
			m.set("from", durationNode(c.From))
		}
		m.set("to", durationNode(c.To))
		return m.line()
	}
)

// checkWords are those of each kind of check that an expectation can be asked for.
var checkWords = map[string]checkWord{
	"contains": {"contains", textOf}, "containsOnce": {"containsOnce", textOf}, "lacks": {"lacks", textOf},
	"logContains": {"contains", textOf}, "logMentions": {"mentions", textOf}, "logLacks": {"lacks", textOf},
	"holds": {"contains", textOf}, "doesNotHold": {"lacks", textOf}, "prints": {"contains", textOf},
	"fasterThan": {"fasterThan", durationOf}, "slowerThan": {"slowerThan", durationOf},
	"unansweredFor": {"unansweredFor", durationOf}, "endingWithin": {"endingWithin", durationOf},
	"silent": {"silent", yesOf}, "leaks": {"leaks", yesOf}, "hitsRise": {"rise", yesOf}, "succeeds": {"succeeds", yesOf},
	"hasKeys": {"hasKeys", yesOf}, "hasNoKeys": {"hasNoKeys", yesOf},
	"acknowledged": {"acknowledgedArePresent", yesOf}, "refusedAbsent": {"refusedAreAbsent", yesOf}, "nothingTwice": {"nothingTwice", yesOf},
	"withHeader": {"withHeader", func(c scenarios.Check) *yaml.Node { return textNode(c.Path) }},
	"ifHeader":   {"ifHeader", fieldOf(textOf)}, "matching": {"matching", fieldOf(textOf)}, "mentioning": {"mentioning", fieldOf(textOf)},
	"showing": {"showing", fieldOf(valueOf)}, "notShowing": {"notShowing", fieldOf(valueOf)}, "dated": {"dated", fieldOf(durationOf)},
	"atMost": {"atMost", func(c scenarios.Check) *yaml.Node {
		m := &mapping{}
		m.set("most", numberNode(int64(c.Count)))
		m.set("in", durationNode(c.To))
		return m.line()
	}},
}

// valueOf is a value of a JSON document.
func valueOf(c scenarios.Check) *yaml.Node {
	switch v := c.Value.(type) {
	case bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: strconv.FormatBool(v)}
	case float64:
		text := strconv.FormatFloat(v, 'g', -1, 64)
		if v == float64(int64(v)) && v < 1e15 && v > -1e15 {
			return numberNode(int64(v))
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!float", Value: text}
	}
	return textNode(fmt.Sprint(c.Value))
}

// checkNode is how one check is written.
func checkNode(c scenarios.Check) (word string, value *yaml.Node) {
	switch string(c.Kind) {
	case "answers":
		if len(c.Statuses) == 1 {
			return "answers", numberNode(int64(c.Statuses[0]))
		}
		return "answersOneOf", numberNodes(c.Statuses)
	case "arriving":
		if c.Count == 1 {
			return "one", spanOf(c)
		}
		return "none", spanOf(c)
	}
	w := checkWords[string(c.Kind)]
	return w.word, w.value(c)
}

// checkNodes are the checks in their order: a word that is said again right away has a
// list of values, one that is said again later stands under "and".
func checkNodes(m *mapping, e scenarios.ExpectationSpec) {
	further := sequence()
	into, last, said := m, "", map[string]bool{}
	for _, c := range e.Checks {
		word, value := checkNode(c)
		switch {
		case word == last && slices.Contains(repeated, word) && joined(into.content[len(into.content)-1], value):
			continue
		case said[word]:
			if into != m {
				further.Content = append(further.Content, into.node())
			}
			into, said = &mapping{}, map[string]bool{}
		}
		into.set(word, value)
		said[word], last = true, word
	}
	if into != m {
		further.Content = append(further.Content, into.node())
	}
	m.list(andKey, further)
}

// repeated are the words that may have several values, each said by itself.
var repeated = []string{
	"contains", "containsOnce", "lacks", "mentions", "withHeader", "ifHeader", "matching", "mentioning", "showing", "notShowing", "dated",
}

// joined adds a value to the one before, where a word may have several.
func joined(before, value *yaml.Node) bool {
	isText := func(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!str" }
	switch {
	case before.Kind == yaml.MappingNode && value.Kind == yaml.MappingNode:
		for i := 0; i < len(before.Content); i += 2 {
			if before.Content[i].Value == value.Content[0].Value {
				return false
			}
		}
		before.Content = append(before.Content, value.Content...)
		return true
	case isText(before) && isText(value):
		first := *before
		*before = *sequence(&first, value)
		before.Style = yaml.FlowStyle
		return true
	case before.Kind == yaml.SequenceNode && isText(value):
		before.Content = append(before.Content, value)
		return true
	}
	return false
}

// faultNode is a fault as a file names it.
func faultNode(f fault.Fault) *yaml.Node {
	at := slices.IndexFunc(faultWords, func(w faultWord) bool { return w.writes(f) })
	w := faultWords[at]
	if len(w.arguments) == 0 {
		return textNode(w.name)
	}
	m := &mapping{}
	if a := w.single(); a != nil {
		m.set(w.name, a.node(f))
		return m.line()
	}
	arguments := &mapping{}
	for _, a := range w.arguments {
		if a.of != jitter || f.Jitter != 0 {
			arguments.set(a.name, a.node(f))
		}
	}
	m.set(w.name, arguments.line())
	return m.node()
}
