package file

import (
	"cmp"
	"slices"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/suggest"
)

// Source is a file: how messages call it, and what is in it.
type Source struct {
	Name string
	Text []byte
}

// Content is what files say.
type Content struct {
	// Subject is the service that the claims are about; empty: it is not said.
	Subject   string
	Claims    []binding.Claim
	Scenarios []scenarios.Scenario
	// CounterExamples are those on record, by claim.
	CounterExamples ledger.CounterExamples
}

// Read reads files of claims and files of scenarios, each kind in the order given, and
// holds them against each other: no id is there twice, and a scenario names only claims
// that are there, unless no file of claims is given at all. The error is an [*Error].
func Read(claims, list []Source) (Content, error) {
	c := Content{CounterExamples: ledger.CounterExamples{}}
	all := &reader{}
	first := map[string]string{} // where each claim or scenario is
	once := func(r *reader, kind, id string, at Problem) {
		key := kind + " " + id
		if first[key] != "" {
			r.problems = append(r.problems, Problem{at.File, at.Line, key + " is already in " + first[key]})
		}
		first[key] = cmp.Or(first[key], Problem{File: at.File, Line: at.Line}.place())
	}
	for _, source := range claims {
		r := &reader{file: source.Name}
		subject, placed := r.claims(source.Text)
		if subject != "" && c.Subject != "" && subject != c.Subject {
			r.problems = append(r.problems, Problem{source.Name, 1, "the claims are about " + subject + ", and those before about " + c.Subject})
		}
		c.Subject = cmp.Or(c.Subject, subject)
		for _, p := range placed {
			once(r, "claim", p.ID, Problem{File: source.Name, Line: p.at.Line})
			c.Claims = append(c.Claims, p.Claim)
			if len(p.counterExamples) > 0 {
				c.CounterExamples[p.ID] = p.counterExamples
			}
		}
		all.add(r)
	}
	for _, source := range list {
		r := &scenarioReader{reader: reader{file: source.Name}}
		for _, p := range r.scenarios(source.Text) {
			once(&r.reader, "scenario", p.ID, Problem{File: source.Name, Line: p.at.Line})
			c.Scenarios = append(c.Scenarios, p.Scenario)
			if len(claims) > 0 {
				r.foreign(p, c.Claims)
			}
		}
		all.add(&r.reader)
	}
	if len(all.problems) > 0 {
		return Content{}, &Error{all.problems}
	}
	return c, nil
}

// add adds the problems of a file, in the order of its lines.
func (r *reader) add(of *reader) {
	slices.SortStableFunc(of.problems, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	r.problems = append(r.problems, of.problems...)
}

// foreign notes the claims that a scenario names and that are not there.
func (r *scenarioReader) foreign(s placedScenario, claims []binding.Claim) {
	ids := make([]string, len(claims))
	for i, c := range claims {
		ids[i] = c.ID
	}
	for _, id := range namesOf(s.claims) {
		if slices.Contains(ids, id) {
			continue
		}
		hint := "no file of claims has it"
		if near := suggest.Nearest(id, ids); near != "" {
			hint = "did you mean \"" + near + "\"?"
		}
		r.wrong(s.claims[id], "scenario %s names claim %q: %s", s.ID, id, hint)
	}
}
