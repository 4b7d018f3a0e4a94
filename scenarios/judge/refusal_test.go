package judge

import (
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
)

// What must be refused is decided by its first answer, whoever wrote the scenario.
// Seen red while every expectation was polled until it held.
func TestARefusalIsDecidedByItsFirstAnswer(t *testing.T) {
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	const path = "/api/v1/events"
	late := scenarios.GET(path).Answers(401).RefusedLater("known keys are kept", 200)
	for name, c := range map[string]struct {
		e    scenarios.Expectation
		seen []int
		held bool
	}{
		"let in, then refused":             {scenarios.GET(path).As(scenarios.Forged).Answers(401), []int{200, 401, 401}, false},
		"refused":                          {scenarios.GET(path).As(scenarios.Forged).Answers(401), []int{401}, true},
		"no answer, then refused":          {scenarios.GET(path).As(scenarios.Forged).Answers(401), []int{0, 401}, true},
		"a failure, then refused":          {scenarios.GET(path).As(scenarios.Forged).Answers(401), []int{500, 401}, false},
		"made, then invalid":               {scenarios.POST(path, "x").Sending("{").AnswersOneOf(400, 422), []int{201, 400}, false},
		"shown, then not to be found":      {scenarios.GET(path).Answers(404), []int{200, 404}, false},
		"let in once of three":             {scenarios.GET(path).Answers(403).Times(3), []int{403, 200, 403, 403, 403}, false},
		"may be refused or not":            {scenarios.GET(path).AnswersOneOf(200, 404), []int{503, 404}, true},
		"too many requests come to an end": {scenarios.GET(path).Answers(429), []int{200, 429}, true},
		"unavailable is no refusal":        {scenarios.GET(path).Answers(503), []int{200, 503}, true},
		"later, as was said":               {late, []int{200, 200, 401}, true},
		"later, and something else first":  {late, []int{200, 500, 401}, false},
	} {
		f := NewEvaluator(c.e.Spec(), start)
		for _, o := range observations(start, c.seen...) {
			if f.Add(o) {
				break
			}
		}
		if f.Held != c.held {
			t.Errorf("%s: held %v (%s)", name, f.Held, f.reason)
		}
	}
}

// A word for a delay needs a reason, and a refusal that it delays.
func TestARefusalIsDelayedForAReason(t *testing.T) {
	const path = "/api/v1/events"
	if err := scenarios.GET(path).Answers(401).RefusedLater("known keys are kept", 200).Spec().Validate(); err != nil {
		t.Error(err)
	}
	for _, e := range []scenarios.Expectation{
		scenarios.GET(path).Answers(401).RefusedLater("", 200),
		scenarios.GET(path).Answers(401).RefusedLater("known keys are kept"),
		scenarios.GET(path).Answers(503).RefusedLater("known keys are kept", 200),
	} {
		if e.Spec().Validate() == nil {
			t.Errorf("%q is valid", e)
		}
	}
}
