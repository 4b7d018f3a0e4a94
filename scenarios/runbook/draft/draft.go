package draft

import (
	"fmt"
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/file"
)

// Draft is the first edition of a document's claims and scenarios.
type Draft struct {
	file.Content
	Notes file.Notes
	// Left are what no scenario was made of, each with the reason, by line.
	Left []Left
	// Statements is how many statements the document has.
	Statements int
}

// Left is something that the draft leaves out.
type Left struct {
	Line      int
	What, Why string
}

// drafter makes a draft.
type drafter struct {
	d        *document.Document
	requests requests
	own      string // the service's own host
	claims   *claimer
	draft    Draft
}

// Of drafts claims and scenarios of a document.
func Of(d *document.Document) Draft {
	dr := &drafter{
		d: d, requests: requestsOf(d), own: ownHost(d),
		claims: &claimer{d: d, lines: map[string]int{}, ofOne: map[string]string{}},
	}
	dr.draft.Statements = len(d.Statements)
	dr.draft.Notes = file.Notes{Claims: map[string]string{}, Scenarios: map[string]string{}, Expectations: map[file.NoteKey]string{}}
	for _, t := range slices.Concat(topicsOf(d), rowsOf(d)) {
		dr.topic(*t)
	}
	dr.variables()
	dr.answers()
	dr.commands()
	dr.draft.Claims = dr.claims.made
	for id, line := range dr.claims.lines {
		dr.draft.Notes.Claims[id] = fmt.Sprintf("line %d", line)
	}
	return dr.draft
}

// topic makes the scenarios of a topic: one for each manner in which its symptoms have the
// dependency broken.
func (dr *drafter) topic(t topic) {
	on, note := dependencyOf(t), ""
	if on == "" && mannerOf(t.heading+" "+t.symptoms[0].Text) == slow {
		on, note = dr.main(), "; the section does not say what is slow"
	}
	if on == "" {
		dr.left(t.symptoms[0], t.heading, "it does not say which dependency is broken, or one that no fault of ours breaks")
		return
	}
	groups, order := grouped(t)
	for _, how := range order {
		if how == slow && on == fault.Redis && how != order[0] {
			for _, s := range groups[how] {
				dr.left(s, oneLine(s.Text), "that a cache makes the service slow when it is gone has no number; a slow cache is another fault")
			}
			continue
		}
		dr.group(t, on, how, groups[how], note)
	}
}

// main is the database or cache that the document tells of most; empty: of none.
func (dr *drafter) main() fault.Dependency {
	best, most := fault.Dependency(""), 0
	for _, on := range []fault.Dependency{fault.Postgres, fault.Redis} {
		if n := len(dependencyWords[on].FindAllIndex(dr.d.Source, -1)); n > most {
			best, most = on, n
		}
	}
	return best
}

// grouped are the symptoms of a topic by their manner; what tells of none belongs to the
// manner of the heading, else to the first that is told.
func grouped(t topic) (groups map[manner][]document.Statement, order []manner) {
	main := mannerOf(t.heading)
	for _, s := range t.symptoms {
		if how := mannerOf(s.Text); main == unspecific {
			main = how
		}
	}
	if main == unspecific {
		main = gone
	}
	groups = map[manner][]document.Statement{}
	add := func(how manner, s document.Statement) {
		if !slices.Contains(order, how) {
			order = append(order, how)
		}
		groups[how] = append(groups[how], s)
	}
	for _, s := range t.symptoms {
		how := mannerOf(s.Text)
		if how == unspecific || how == gone && (main != slow || ofTooLong.MatchString(s.Text)) {
			how = main // that something fails is what any fault of the section shows
		}
		add(how, s)
	}
	for _, s := range t.steps {
		if sentence(s) && cures(s) == "" && (ofGoingOn.MatchString(s.Text) || ofRecovery.MatchString(s.Text)) {
			add(main, s)
		}
	}
	return groups, order
}

// group makes the scenario of a topic's symptoms of one manner.
func (dr *drafter) group(t topic, on fault.Dependency, how manner, symptoms []document.Statement, note string) {
	over := slowAnswer
	for _, s := range symptoms {
		if told, _ := durationsIn(s.Text); told > 0 {
			over = told
		}
	}
	f, ok := faultOf(on, how, over)
	if !ok {
		dr.left(symptoms[0], t.heading, fmt.Sprintf("no fault of ours is like this one: %s, %s", on, how))
		return
	}
	var early, late, recovery []observed
	for _, s := range symptoms {
		seen := dr.observed(s, on)
		if len(seen) == 0 {
			dr.left(s, oneLine(s.Text), "it names no status, log line, health check or time that could be observed")
		}
		for _, o := range seen {
			switch {
			case o.recovery:
				recovery = append(recovery, o)
			case o.late:
				late = append(late, o)
			default:
				early = append(early, o)
			}
		}
	}
	s := scenarios.Scenario{
		ID: dr.name(t.heading, how), Section: t.heading, Severity: dr.severity(t), Steady: dr.steady(), Always: dr.always(),
		Diagnosis: dr.diagnosis(t, on), Remedy: dr.remedies(t), Budget: time.Minute, After: dr.after(0),
	}
	tooLate := fault.Slow(on, lateByFar)
	if on != fault.Postgres && on != fault.Redis {
		tooLate = f
	}
	switch {
	case len(early)+len(late)+len(recovery) == 0:
		return
	case how == slow && len(late) > 0 && slices.ContainsFunc(early, func(o observed) bool { return o.slow }):
		s.Fault, s.During = f, dr.expectations(s.ID, early)
		s.Escalates = []scenarios.Stage{{Fault: tooLate, During: dr.expectations(s.ID, late)}}
	case how == slow && len(late) > 0:
		s.Fault, s.During = tooLate, dr.expectations(s.ID, append(early, late...))
	default:
		s.Fault, s.During = f, dr.expectations(s.ID, append(early, late...))
	}
	if len(s.During) == 0 { // that it recovers can only be told of what failed
		s.During = []scenarios.Expectation{scenarios.GET(dr.requests.ready).Answers(503).By(seenBy).Inferred()}
	}
	s.After = append(s.After, dr.expectations(s.ID, recovery)...)
	s.Title = fmt.Sprintf("%s: %s", t.heading, s.Fault)
	dr.scenario(s, fmt.Sprintf("line %d: %s%s", symptoms[0].Line, s.Fault, note))
}

// observed is what a statement has the service show, if its claim can be told from others.
func (dr *drafter) observed(s document.Statement, on fault.Dependency) []observed {
	if len(dr.requests.observe(s, on, "any.claim")) == 0 {
		return nil
	}
	id := dr.claims.claim(s)
	if id == "" {
		dr.left(s, oneLine(s.Text), "nothing tells it from other statements of its section")
		return nil
	}
	return dr.requests.observe(s, on, id)
}

// left notes what is left out, once for each line.
func (dr *drafter) left(s document.Statement, what, why string) {
	if slices.ContainsFunc(dr.draft.Left, func(l Left) bool { return l.Line == s.Line }) {
		return
	}
	dr.draft.Left = append(dr.draft.Left, Left{s.Line, what, why})
}

// expectations are those of what was observed, with their notes.
func (dr *drafter) expectations(scenario string, list []observed) []scenarios.Expectation {
	var all []scenarios.Expectation
	for _, o := range list {
		if o.note != "" {
			dr.draft.Notes.Expectations[file.NoteKey{Scenario: scenario, Expectation: o.Spec().String()}] = o.note
		}
		all = append(all, o.Expectation)
	}
	return all
}
