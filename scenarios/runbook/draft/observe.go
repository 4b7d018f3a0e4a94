package draft

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// Deadlines where the document gives none, each with what is said of it.
const (
	seenBy      = 30 * time.Second
	recoveredBy = 30 * time.Second
	noTime      = "the runbook names no time: 30s is a default"
)

// The events that requests create.
const (
	before scenarios.Body = "created before the fault"
	during scenarios.Body = "created during the fault"
	after  scenarios.Body = "created after the fault"
)

// observed is what a statement has the service show.
type observed struct {
	scenarios.Expectation
	// note is what a person has to know of it; empty: nothing.
	note string
	// late says that it is seen only once no answer comes in time at all, slow that it is
	// seen while answers still come.
	late, slow bool
	// recovery says that it is seen once the fault is healed.
	recovery bool
}

// words of an expectation of the answer to a request, a log line and so on: what all of
// them can be asked.
type timed[T any] interface {
	scenarios.Expectation
	By(time.Duration) T
	Proves(...string) T
}

// finish says by when it is seen, and what that proves.
func finish[T timed[T]](e T, claim string, by time.Duration) observed {
	if by == 0 {
		return observed{Expectation: e.By(seenBy).Proves(claim), note: noTime}
	}
	return observed{Expectation: e.By(by).Proves(claim)}
}

var (
	errorCode = regexp.MustCompile(`^E[A-Z]{5,}$`)
	within    = regexp.MustCompile(`(?i)\bwithin\b|\bin (?:less than|under|at most)\b`)
	longer    = regexp.MustCompile(`(?i)(?:>|\bmore than|\bover|\blonger than|\bexceed\w*|\babove)\s*$`)
)

// observe finds what a statement has the service show while a dependency is broken.
func (r requests) observe(s document.Statement, on fault.Dependency, claim string) []observed {
	var list []observed
	add := func(o observed, note string) {
		if note != "" {
			o.note = strings.TrimPrefix(o.note+"; "+note, "; ")
		}
		list = append(list, o)
	}
	over, by := durationsIn(s.Text)
	statuses := statusesIn(s.Text)
	goesOn := ofGoingOn.MatchString(s.Text) && !ofFallback.MatchString(s.Text)
	switch {
	case ofRecovery.MatchString(s.Text) && len(statuses) == 0:
		if by > 0 && !within.MatchString(s.Text) {
			by += seenBy / 3 // what happens at that time is seen a little later
		}
		o := finish(r.succeeds(after), claim, by)
		o.recovery = true
		add(o, "")
	case isLogLine(s.Text):
		lines, note := logLines(s.Text, on)
		if len(lines) == 1 {
			add(finish(scenarios.Log().Contains(lines[0]), claim, by), note)
		} else if len(lines) > 1 {
			e := scenarios.Log()
			for _, text := range lines {
				e = e.Mentions(text)
			}
			add(finish(e, claim, by), note)
		}
		list = mark(list, func(o *observed) { o.late = mannerOf(s.Text) == slow })
	case ofReadiness.MatchString(s.Text) && (ofFailing.MatchString(s.Text) || len(statuses) > 0) && !goesOn:
		if len(statuses) == 0 {
			add(finish(showing(scenarios.GET(r.ready).Answers(503), s.Text).Times(3), claim, by), "the runbook names no status: 503 is a default")
		} else {
			add(finish(showing(scenarios.GET(r.ready).AnswersOneOf(statuses...), s.Text).Times(3), claim, by), "")
		}
	case len(statuses) > 0 && !goesOn:
		tooLong := ofTooLong.MatchString(s.Text)
		if tooLong {
			by = 0 // what is named is how long an answer takes, and no deadline
		}
		asked, note := r.about(s.Text, on)
		for _, e := range asked {
			e = showing(e.AnswersOneOf(statuses...), s.Text)
			if strings.Contains(s.Text, "Retry-After") {
				e = e.WithHeader("Retry-After")
			}
			o := finish(e, claim, by)
			o.late = slices.Contains(statuses, 504) || tooLong
			add(o, note)
		}
	case goesOn:
		path, note := r.read, r.guessed()
		for _, named := range requestsIn(s.Text) {
			if named.plain() && named.method == "GET" {
				path, note = named.path, ""
			}
		}
		fields := shownField.MatchString(s.Text)
		answer := showing(scenarios.GET(path).Answers(200), s.Text).Times(3).By(seenBy).Proves(claim)
		if !fields {
			answer = answer.Undisturbed() // what is shown of a fault was otherwise before
		}
		add(observed{Expectation: answer}, note)
		if r.write != "" && !fields && ofWriting.MatchString(s.Text) {
			add(observed{Expectation: r.succeeds(during).Undisturbed().Times(3).By(seenBy).Proves(claim)}, "the runbook does not say which request")
		}
	case (on == fault.Postgres || on == fault.Redis) && (ofSlowness.MatchString(s.Text) || over > 0):
		note := ""
		if over == 0 {
			over, note = slowAnswer, "the runbook does not say how slow: 1s is a default"
		}
		o := finish(scenarios.GET(r.read).Answers(200).SlowerThan(over).Times(2), claim, by)
		o.slow = true
		if guessed := r.guessed(); guessed != "" {
			note = strings.TrimPrefix(note+"; "+guessed, "; ")
		}
		add(o, note)
	}
	return list
}

func mark(list []observed, change func(*observed)) []observed {
	for i := range list {
		change(&list[i])
	}
	return list
}

// succeeds is a request of the API that succeeds: a creation where the document names
// one, else a reading.
func (r requests) succeeds(body scenarios.Body) scenarios.HTTPExpectation {
	if r.write != "" {
		return scenarios.POST(r.write, body).AnswersOneOf(200, 201, 202)
	}
	return scenarios.GET(r.read).Answers(200)
}

// showing adds the fields of an answer that a text prints as JSON.
func showing(e scenarios.HTTPExpectation, text string) scenarios.HTTPExpectation {
	for _, m := range shownField.FindAllStringSubmatch(text, -1) {
		switch name, word, other := m[1], m[2], m[3]; other {
		case "":
			e = e.Showing(name, word)
		case "true", "false":
			e = e.Showing(name, other == "true")
		default:
			if n, err := strconv.ParseFloat(other, 64); err == nil && !(n >= 100 && n < 600) {
				e = e.Showing(name, n)
			}
		}
	}
	return e
}

// about are the requests that a sentence is about: those that it names, else one that
// writes where it tells of writing or of a service that is asked on the way, else one
// that reads.
func (r requests) about(text string, on fault.Dependency) (list []scenarios.HTTPExpectation, note string) {
	for _, named := range requestsIn(text) {
		if !named.plain() {
			continue
		}
		switch named.method {
		case "GET":
			list = append(list, scenarios.GET(named.path))
		case "POST":
			list = append(list, scenarios.POST(named.path, during))
		}
	}
	switch {
	case len(list) > 0:
		return list, ""
	case r.write != "" && (on == fault.Venue || ofWriting.MatchString(text)):
		return []scenarios.HTTPExpectation{scenarios.POST(r.write, during)}, "the runbook does not say which request"
	case r.guessed() != "":
		return []scenarios.HTTPExpectation{scenarios.GET(r.read)}, r.guessed()
	}
	return []scenarios.HTTPExpectation{scenarios.GET(r.read)}, "the runbook does not say which request"
}

// guessed says that the path that is read is a default; empty: the document names it.
func (r requests) guessed() string {
	if r.named["read"] {
		return ""
	}
	return "the runbook names no request: it is the list of the profile's routes"
}

// durationsIn finds how long something takes at least, and by when something happens.
func durationsIn(text string) (over, by time.Duration) {
	for _, f := range facts.Of(text) {
		if f.Type != facts.Duration {
			continue
		}
		d, err := time.ParseDuration(strings.TrimLeft(f.Value, "<>="))
		switch {
		case err != nil || d <= 0 || d > 10*time.Minute:
		case strings.HasPrefix(f.Value, ">") || longer.MatchString(text[:min(f.At, len(text))]):
			over = d
		case by == 0:
			by = d
		}
	}
	return over, by
}

// statusesIn are the statuses of an error that a text names, each once.
func statusesIn(text string) []int {
	var list []int
	for _, f := range facts.Of(text) {
		status, err := strconv.Atoi(f.Value)
		if f.Type == facts.Status && err == nil && status >= 400 && status < 600 && !slices.Contains(list, status) {
			list = append(list, status)
		}
	}
	return list
}

// isLogLine reports whether a text tells of a line of the log.
func isLogLine(text string) bool {
	if ofLog.MatchString(text) {
		return true
	}
	return ofErrors.MatchString(text) && slices.ContainsFunc(facts.Of(text), func(f facts.Fact) bool { return errorCode.MatchString(f.Value) })
}

// logLines are the texts that the line has: those that are quoted, and codes of errors;
// else the name of the dependency.
func logLines(text string, on fault.Dependency) (list []string, note string) {
	for _, f := range facts.Of(text) {
		value := strings.Trim(f.Raw, "\"'`“”")
		if f.Type == facts.Name && (f.Quoted || errorCode.MatchString(value)) && !strings.ContainsAny(value, "$<>/") && !slices.Contains(list, value) {
			list = append(list, value)
		}
	}
	if found := dependencyWords[on].FindString(text); len(list) == 0 && found != "" && ofErrors.MatchString(text) {
		return []string{strings.ToLower(found), "error"}, "the runbook quotes no line"
	}
	return list, ""
}
