package scenarios

import (
	"fmt"
	"slices"
	"time"
)

// defaultDeadline bounds an expectation that names no deadline of its own.
const defaultDeadline = 5 * time.Second

// Expectation is a probe, what must be true of what it sees, by when, and
// which claims that proves. Its methods return changed copies.
type Expectation struct {
	Probe  Probe
	Checks []Check
	// Deadline counts from the beginning of the phase, or from the milestone
	// named by Since. Zero means defaultDeadline.
	Deadline time.Duration
	// InARow is how many consecutive looks must hold. Zero means one.
	InARow int
	// Basis says on whose word it stands. Empty means Implied.
	Basis Basis
	// Claims are the runbook's claims that it proves.
	Claims []string

	Milestone      string
	SinceMilestone string
	NotBefore      time.Duration
	HealthyChecks  []Check
	Contained      bool
	// firstAnswer: the first answer decides.
	firstAnswer bool
	// UnaffectedByFault: it holds with the fault as it does without.
	UnaffectedByFault bool
	// refusedLater is why a refusal may come later than with the first answer,
	// meanwhile what is answered until then.
	refusedLater string
	untilRefused []int
	// written are the settings that were written, mistakes what is wrong with them.
	written, mistakes []string
}

// GET looks at a path without changing anything.
func GET(path string) Expectation {
	return Expectation{Probe: Probe{Kind: ProbeHTTP, Method: "GET", Path: path}}
}

// POST sends a body to a path. It is no safe probe: each observation changes something.
func POST(path string, body Body) Expectation {
	return Expectation{Probe: Probe{Kind: ProbeHTTP, Method: "POST", Path: path, Body: body}}
}

// PUT sends a body to a path. It is no safe probe either.
func PUT(path string, body Body) Expectation {
	return Expectation{Probe: Probe{Kind: ProbeHTTP, Method: "PUT", Path: path, Body: body}}
}

// As makes the request on somebody else's behalf than the tenant's.
func (e Expectation) As(c Caller) Expectation {
	e.Probe.As = c
	return e.write("As", ProbeHTTP, ProbeCache, ProbeHits)
}

// Of names the event that {event} in the path stands for: the one that the
// scenario created last under that name.
func (e Expectation) Of(event Body) Expectation {
	e.Probe.Of = event
	return e.write("Of", ProbeHTTP, ProbeCache, ProbeHits)
}

// Sending sends a text as the body, with ${venue}, ${second-venue}, ${name},
// ${tenant}, ${start} and ${end} filled in.
func (e Expectation) Sending(raw string) Expectation {
	e.Probe.Raw = raw
	return e.write("Sending", ProbeHTTP)
}

// IfMatch sends a precondition.
func (e Expectation) IfMatch(tag string) Expectation {
	e.Probe.IfMatch = tag
	return e.write("IfMatch", ProbeHTTP)
}

// WithKey sends an Idempotency-Key.
func (e Expectation) WithKey(key string) Expectation {
	e.Probe.IdempotencyKey = key
	return e.write("WithKey", ProbeHTTP)
}

// Log reads the service's log, from the beginning of the phase.
func Log() Expectation { return Expectation{Probe: Probe{Kind: ProbeLog}} }

// Isolation asks as each of two tenants for its own canary row and for the other's.
func Isolation() Expectation { return Expectation{Probe: Probe{Kind: ProbeIsolation}} }

// Answers asks for an HTTP status.
func (e Expectation) Answers(status int) Expectation { return e.and(answers(status)) }

// AnswersOneOf asks for one of several HTTP statuses.
func (e Expectation) AnswersOneOf(statuses ...int) Expectation { return e.and(answersOneOf(statuses)) }

// Saying asks for a text in the answer's body, case and all.
func (e Expectation) Saying(text string) Expectation { return e.and(saying(text)) }

// SayingOnce asks for a text in the answer's body, and for no second one.
func (e Expectation) SayingOnce(text string) Expectation { return e.and(sayingOnce(text)) }

// NotSaying asks for an answer whose body lacks a text.
func (e Expectation) NotSaying(text string) Expectation { return e.and(notSaying(text)) }

// WithHeader asks for a header (canonical name) that is not empty.
func (e Expectation) WithHeader(name string) Expectation { return e.and(withHeader(name)) }

// IfHeader asks for a header (canonical name) to have a value, where it is sent.
func (e Expectation) IfHeader(name, value string) Expectation { return e.and(ifHeader(name, value)) }

// FasterThan asks for an answer, of whatever status, in less than d.
func (e Expectation) FasterThan(d time.Duration) Expectation { return e.and(fasterThan(d)) }

// SlowerThan asks for more than d to pass before the answer.
func (e Expectation) SlowerThan(d time.Duration) Expectation { return e.and(slowerThan(d)) }

// Showing asks for a JSON value (string, float64 or bool) under a dotted path.
func (e Expectation) Showing(path string, want any) Expectation { return e.and(showing(path, want)) }

// NotShowing asks for a JSON value under a dotted path to be there and to differ.
func (e Expectation) NotShowing(path string, unwanted any) Expectation {
	return e.and(notShowing(path, unwanted))
}

// Matching asks for a JSON string under a dotted path that matches a pattern.
func (e Expectation) Matching(path, pattern string) Expectation {
	return e.and(matching(path, pattern))
}

// Dated asks for a time (RFC 3339) under a dotted path that is the answer's own,
// but for so much.
func (e Expectation) Dated(path string, within time.Duration) Expectation {
	return e.and(dated(path, within))
}

// Mentioning asks for word, in any case, as a JSON string anywhere under a dotted path.
func (e Expectation) Mentioning(path, word string) Expectation {
	return e.and(mentioning(path, word))
}

// Contains asks for a log line with this text, case and all.
func (e Expectation) Contains(text string) Expectation {
	e.Probe.Text = text
	return e.write("the text of the line", ProbeLog).and(logged(fmt.Sprintf("contains %q", text)))
}

// Mentions asks for a log line with this text in any case. Asked more than once,
// or beside Contains, it asks for all of them in one line: what has failed, and how.
func (e Expectation) Mentions(text string) Expectation {
	e.Probe.Words = append(slices.Clip(e.Probe.Words), text)
	return e.and(logged(fmt.Sprintf("mentions %q", text)))
}

// Lacks asks that no log line has this text, case and all. Under Always it
// holds from the beginning of the scenario to its end.
func (e Expectation) Lacks(text string) Expectation {
	e.Probe.Text = text
	return e.write("the text of the line", ProbeLog).and(notLogged(fmt.Sprintf("lacks %q", text)))
}

// Silent asks that each tenant sees its own canary row and no other tenant's.
func (e Expectation) Silent() Expectation { return e.and(silent()) }

// Leaks asks that a tenant is shown another's data. A service may contain such
// a leak by other means, so that it is not seen is no failure: the claim then
// stays untested.
func (e Expectation) Leaks() Expectation {
	e.Contained = true
	return e.and(leaks())
}

// By sets the deadline.
func (e Expectation) By(d time.Duration) Expectation {
	e.Deadline = d
	return e.write("By")
}

// Times asks for n observations in a row that hold, the first of them by the deadline.
func (e Expectation) Times(n int) Expectation {
	e.InARow = n
	return e.write("Times")
}

// Called names the milestone at which e first held, for Since.
func (e Expectation) Called(name string) Expectation {
	e.Milestone = name
	return e.write("Called")
}

// Since counts the deadline from the time at which the expectation of that
// name first held, and forbids e to hold sooner than notBefore after it. A log
// is read, and calls are counted, from just after that milestone.
func (e Expectation) Since(name string, notBefore time.Duration) Expectation {
	e.SinceMilestone, e.NotBefore = name, notBefore
	return e.write("Since")
}

// AtOnce lets the first answer decide: asking again would ask for less, since
// what was asked for is done by then.
func (e Expectation) AtOnce() Expectation {
	e.firstAnswer = true
	return e.write("AtOnce", ProbeHTTP)
}

// Undisturbed says that e holds under the fault as it does without it: a change
// that must go on working, which Always cannot sample because it is not safe.
func (e Expectation) Undisturbed() Expectation {
	e.UnaffectedByFault = true
	return e.write("Undisturbed")
}

// InsteadOf names the status that the same probe answers without the fault,
// where no Steady expectation tells.
func (e Expectation) InsteadOf(status int) Expectation {
	e.HealthyChecks = []Check{answers(status)}
	return e.write("InsteadOf", ProbeHTTP)
}

// Proves binds e to claims of the runbook and makes it documented.
func (e Expectation) Proves(claims ...string) Expectation {
	e.Claims = append(slices.Clip(e.Claims), claims...)
	e.Basis = Documented
	return e.write("the basis")
}

// Implied marks e as following from the runbook.
func (e Expectation) Implied() Expectation {
	e.Basis = Implied
	return e.write("the basis")
}

// ByContract marks e as standing in the OpenAPI document.
func (e Expectation) ByContract() Expectation {
	e.Basis = Contract
	return e.write("the basis")
}

// Inferred marks e as good practice: advice, unless judged strictly.
func (e Expectation) Inferred() Expectation {
	e.Basis = Inferred
	return e.write("the basis")
}
