package scenarios

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ProbeHTTP asks the service over HTTP.
const ProbeHTTP ProbeKind = "http"

// HTTPExpectation is of the answer to a request.
type HTTPExpectation struct{ document[HTTPExpectation] }

func ofHTTP(e ExpectationSpec) HTTPExpectation {
	return HTTPExpectation{document[HTTPExpectation]{builder[HTTPExpectation]{e, ofHTTP}}}
}

// GET looks at a path without changing anything.
func GET(path string) HTTPExpectation { return request("GET", path, "") }

// POST sends a body to a path. It is no safe probe: each observation changes something.
func POST(path string, body Body) HTTPExpectation { return request("POST", path, body) }

// PUT sends a body to a path. It is no safe probe either.
func PUT(path string, body Body) HTTPExpectation { return request("PUT", path, body) }

func request(method, path string, body Body) HTTPExpectation {
	return ofHTTP(ExpectationSpec{Probe: Probe{Kind: ProbeHTTP, Method: method, Path: path, Body: body}})
}

// As makes the request on somebody else's behalf than the tenant's.
func (h HTTPExpectation) As(c Caller) HTTPExpectation {
	return h.set("As", func(e *ExpectationSpec) { e.Probe.As = c })
}

// Of names the event that {event} in the path stands for: the one that the
// scenario created last under that name.
func (h HTTPExpectation) Of(event Body) HTTPExpectation {
	return h.set("Of", func(e *ExpectationSpec) { e.Probe.Of = event })
}

// Sending sends a text as the body, with ${venue}, ${second-venue}, ${name},
// ${tenant}, ${start} and ${end} filled in.
func (h HTTPExpectation) Sending(raw string) HTTPExpectation {
	return h.set("Sending", func(e *ExpectationSpec) { e.Probe.Raw = raw })
}

// IfMatch sends a precondition.
func (h HTTPExpectation) IfMatch(tag string) HTTPExpectation {
	return h.set("IfMatch", func(e *ExpectationSpec) { e.Probe.IfMatch = tag })
}

// WithKey sends an Idempotency-Key.
func (h HTTPExpectation) WithKey(key string) HTTPExpectation {
	return h.set("WithKey", func(e *ExpectationSpec) { e.Probe.IdempotencyKey = key })
}

// AtOnce lets the first answer decide: asking again would ask for less, since what
// was asked for is done by then.
func (h HTTPExpectation) AtOnce() HTTPExpectation {
	return h.set("AtOnce", func(e *ExpectationSpec) { e.FirstAnswer = true })
}

// InsteadOf names the status that the same probe answers without the fault, where
// no Steady expectation tells.
func (h HTTPExpectation) InsteadOf(status int) HTTPExpectation {
	return h.set("InsteadOf", func(e *ExpectationSpec) { e.HealthyChecks = []Check{answers(status)} })
}

// RefusedLater says that a refusal may come later than with the first answer, and
// why: what takes effect with a delay, as keys that are asked for again. Until
// then one of the statuses is answered, and no other.
func (h HTTPExpectation) RefusedLater(why string, until ...int) HTTPExpectation {
	return h.set("RefusedLater", func(e *ExpectationSpec) {
		e.RefusedLater, e.UntilRefused = why, append(slices.Clip(e.UntilRefused), until...)
	})
}

// Answers asks for an HTTP status.
func (h HTTPExpectation) Answers(status int) HTTPExpectation { return h.check(answers(status)) }

// AnswersOneOf asks for one of several HTTP statuses.
func (h HTTPExpectation) AnswersOneOf(statuses ...int) HTTPExpectation {
	return h.check(answers(statuses...))
}

func answers(statuses ...int) Check { return Check{Kind: answersStatus, Statuses: statuses} }

// answersStatus is the check of the status.
const answersStatus checkKind = "answers"

func (c Check) answersReads() string { return "answers " + statusNames(c.Statuses) }

func (c Check) answersHolds(o Observation) bool { return slices.Contains(c.Statuses, o.Status) }

// statusNames lists statuses in words.
func statusNames(statuses []int) string {
	names := make([]string, len(statuses))
	for i, status := range statuses {
		names[i] = strconv.Itoa(status)
	}
	return strings.Join(names, " or ")
}

// Contains asks for a text in the answer's body, case and all.
func (h HTTPExpectation) Contains(text string) HTTPExpectation {
	return h.check(Check{Kind: "contains", Text: text})
}

func (c Check) containsHolds(o Observation) bool {
	return o.Status != 0 && strings.Contains(o.Body, c.Text)
}

// ContainsOnce asks for a text in the answer's body, and for no second one.
func (h HTTPExpectation) ContainsOnce(text string) HTTPExpectation {
	return h.check(Check{Kind: "containsOnce", Text: text})
}

func (c Check) containsOnceHolds(o Observation) bool {
	return o.Status != 0 && strings.Count(o.Body, c.Text) == 1
}

// Lacks asks for an answer whose body lacks a text.
func (h HTTPExpectation) Lacks(text string) HTTPExpectation {
	return h.check(Check{Kind: "lacks", Text: text})
}

func (c Check) lacksHolds(o Observation) bool {
	return o.Status != 0 && !strings.Contains(o.Body, c.Text)
}

// IfHeader asks for a header (canonical name) to have a value, where it is sent.
func (h HTTPExpectation) IfHeader(name, value string) HTTPExpectation {
	return h.check(Check{Kind: "ifHeader", Path: name, Text: value})
}

func (c Check) ifHeaderReads() string { return fmt.Sprintf("with %s: %s, if at all", c.Path, c.Text) }

func (c Check) ifHeaderHolds(o Observation) bool {
	return o.Status != 0 && (o.Header[c.Path] == "" || o.Header[c.Path] == c.Text)
}

// WithHeader asks for a header (canonical name) that is not empty.
func (h HTTPExpectation) WithHeader(name string) HTTPExpectation {
	return h.check(Check{Kind: withHeader, Path: name})
}

// withHeader is the check that a header is there.
const withHeader checkKind = "withHeader"

func (c Check) withHeaderReads() string { return "with " + c.Path }

func (c Check) withHeaderHolds(o Observation) bool { return o.Header[c.Path] != "" }

// FasterThan asks for an answer, of whatever status, in less than d.
func (h HTTPExpectation) FasterThan(d time.Duration) HTTPExpectation {
	return h.check(Check{Kind: fasterThan, To: d})
}

// fasterThan is the check that a host without time to spare can make fail.
const fasterThan checkKind = "fasterThan"

func (c Check) fasterThanHolds(o Observation) bool { return o.Status != 0 && o.Took < c.To }

// SlowerThan asks for more than d to pass before the answer.
func (h HTTPExpectation) SlowerThan(d time.Duration) HTTPExpectation {
	return h.check(Check{Kind: slowerThan, To: d})
}

// slowerThan asks for slowness: a scenario whose fault alone makes it true is
// rejected.
const slowerThan checkKind = "slowerThan"

func (c Check) slowerThanHolds(o Observation) bool { return o.Took > c.To }

// UnansweredFor asks that no answer comes within d, though the connection is
// there: neither refused nor cut. It is how a probe of Kubernetes gives up.
func (h HTTPExpectation) UnansweredFor(d time.Duration) HTTPExpectation {
	return h.set("UnansweredFor", func(e *ExpectationSpec) { e.Probe.Timeout = d }).check(Check{Kind: "unansweredFor", To: d})
}

func (c Check) unansweredForHolds(o Observation) bool {
	return o.Status == 0 && o.Class == ClassTimeout && o.Took >= c.To
}
