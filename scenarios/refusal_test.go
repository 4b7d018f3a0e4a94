package scenarios

import (
	"testing"
	"time"
)

// What must be refused is decided by its first answer, whoever wrote the scenario.
// Seen red while every expectation was polled until it held.
func TestARefusalIsDecidedByItsFirstAnswer(t *testing.T) {
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	const path = "/api/v1/events"
	late := GET(path).Answers(401).RefusedLater("known keys are kept", 200)
	for name, c := range map[string]struct {
		e    Expectation
		seen []int
		held bool
	}{
		"let in, then refused":             {GET(path).As(Forged).Answers(401), []int{200, 401, 401}, false},
		"refused":                          {GET(path).As(Forged).Answers(401), []int{401}, true},
		"no answer, then refused":          {GET(path).As(Forged).Answers(401), []int{0, 401}, true},
		"a failure, then refused":          {GET(path).As(Forged).Answers(401), []int{500, 401}, false},
		"made, then invalid":               {POST(path, "x").Sending("{").AnswersOneOf(400, 422), []int{201, 400}, false},
		"shown, then not to be found":      {GET(path).Answers(404), []int{200, 404}, false},
		"let in once of three":             {GET(path).Answers(403).Times(3), []int{403, 200, 403, 403, 403}, false},
		"may be refused or not":            {GET(path).AnswersOneOf(200, 404), []int{503, 404}, true},
		"too many requests come to an end": {GET(path).Answers(429), []int{200, 429}, true},
		"unavailable is no refusal":        {GET(path).Answers(503), []int{200, 503}, true},
		"later, as was said":               {late, []int{200, 200, 401}, true},
		"later, and something else first":  {late, []int{200, 500, 401}, false},
	} {
		f := newFold(c.e, start)
		for _, o := range looks(start, c.seen...) {
			if f.add(o) {
				break
			}
		}
		if f.held != c.held {
			t.Errorf("%s: held %v (%s)", name, f.held, f.reason)
		}
	}
}

// A word for a delay needs a reason, and a refusal that it delays.
func TestARefusalIsDelayedForAReason(t *testing.T) {
	const path = "/api/v1/events"
	if err := GET(path).Answers(401).RefusedLater("known keys are kept", 200).validate(); err != nil {
		t.Error(err)
	}
	for _, e := range []Expectation{
		GET(path).Answers(401).RefusedLater("", 200),
		GET(path).Answers(401).RefusedLater("known keys are kept"),
		GET(path).Answers(503).RefusedLater("known keys are kept", 200),
	} {
		if e.validate() == nil {
			t.Errorf("%q is valid", e)
		}
	}
}
