package draft

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

// steady is what must hold before anything is broken.
func (dr *drafter) steady() []scenarios.Expectation {
	r := dr.requests
	list := []scenarios.Expectation{scenarios.GET(r.ready).Answers(200).By(seenBy)}
	if r.named["read"] {
		list = append(list, scenarios.GET(r.read).Answers(200))
	}
	if r.write != "" {
		list = append(list, scenarios.POST(r.write, before).AnswersOneOf(200, 201, 202))
	}
	return list
}

func (dr *drafter) always() []scenarios.Expectation {
	if dr.requests.live == "" {
		return nil
	}
	return []scenarios.Expectation{scenarios.GET(dr.requests.live).Answers(200).Implied()}
}

// after is what must hold once the fault is healed.
func (dr *drafter) after(by time.Duration) []scenarios.Expectation {
	if by == 0 {
		by = recoveredBy
	}
	r := dr.requests
	list := []scenarios.Expectation{scenarios.GET(r.ready).Answers(200).By(by).Times(3)}
	if r.named["read"] {
		list = append(list, scenarios.GET(r.read).Answers(200).By(by))
	}
	return list
}

// name is the id of a topic's scenario.
func (dr *drafter) name(heading string, how manner) string {
	id := ascii(heading, 4)
	if id[0] >= '0' && id[0] <= '9' {
		id = "section-" + id
	}
	taken := func(id string) bool {
		return slices.ContainsFunc(dr.draft.Scenarios, func(s scenarios.Scenario) bool { return s.ID == id })
	}
	if taken(id) && how != unspecific {
		id += "-" + ascii(string(how), 3)
	}
	for n, plain := 2, id; taken(id); n++ {
		id = fmt.Sprintf("%s-%d", plain, n)
	}
	return id
}

// severity is the one that a topic names, else the second.
func (dr *drafter) severity(t topic) scenarios.Severity {
	text := t.heading
	for _, s := range t.steps {
		if s.Section() == t.heading && s.Kind == document.Prose {
			text += " " + s.Text
		}
	}
	for i, words := range severities {
		if words.MatchString(text) {
			return scenarios.Severity(fmt.Sprintf("P%d", i+1))
		}
	}
	return scenarios.P2
}

// scenario adds a scenario with the time that it needs. One that the vocabulary rejects
// would not be read again: it is left out.
func (dr *drafter) scenario(s scenarios.Scenario, note string) {
	s = dr.completed(s)
	for s.Validate() != nil && strings.Contains(s.Validate().Error(), "is shorter than its waits") && s.Budget < time.Hour {
		s.Budget += time.Minute
	}
	if err := s.Validate(); err != nil {
		dr.draft.Left = append(dr.draft.Left, Left{0, s.ID, err.Error()})
		return
	}
	dr.draft.Scenarios = append(dr.draft.Scenarios, s)
	if note != "" {
		dr.draft.Notes.Scenarios[s.ID] = note
	}
}

// completed has each request that is observed under the fault in the steady state, too,
// which says what it shows without the fault.
func (dr *drafter) completed(s scenarios.Scenario) scenarios.Scenario {
	known := map[string]bool{}
	for _, e := range s.Steady {
		known[e.Spec().Probe.Key()] = true
	}
	for _, stage := range s.Stages() {
		for _, e := range stage.During {
			p := e.Spec().Probe
			if known[p.Key()] || p.Kind != scenarios.ProbeHTTP {
				continue
			}
			known[p.Key()] = true
			if p.Method == "POST" {
				s.Steady = append(s.Steady, scenarios.POST(p.Path, before).AnswersOneOf(200, 201, 202))
			} else {
				s.Steady = append(s.Steady, scenarios.GET(p.Path).Answers(200))
			}
		}
	}
	return s
}
