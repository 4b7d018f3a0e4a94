package scenarios

import (
	"testing"
	"time"
)

// By hand: let FailsOn be content with the first check that fails, and the field that both
// answers show, the header and the word that is absent from both are "shown to fail".
func TestAnObservationShowsThatEveryTellingCheckCanFail(t *testing.T) {
	answer := func(status int, body string) Observation { return Observation{Status: status, Body: body} }
	headed := Observation{Status: 201, Header: map[string]string{"Retry-After": "5"}}
	for name, c := range map[string]struct {
		of   Expectation
		seen Observation
		want bool
	}{
		"another status":                      {GET("/x").Answers(503), answer(200, ""), true},
		"the same status":                     {GET("/x").Answers(503), answer(503, ""), false},
		"no header":                           {POST("/x", "y").Answers(503).WithHeader("Retry-After"), answer(201, ""), true},
		"the header, and another status":      {POST("/x", "y").Answers(503).WithHeader("Retry-After"), headed, false},
		"another field":                       {GET("/x").Answers(200).Showing("db", "up"), answer(503, `{"db":"down"}`), true},
		"the field, and another status":       {GET("/x").Answers(200).Showing("db", "up"), answer(503, `{"db":"up"}`), false},
		"a word that is in neither":           {GET("/x").Answers(503).Lacks("secret"), answer(200, "fine"), false},
		"slow enough":                         {GET("/x").Answers(200).SlowerThan(time.Second), Observation{Status: 200, Took: 2 * time.Second}, false},
		"faster, with the same status":        {GET("/x").Answers(200).SlowerThan(time.Second), Observation{Status: 200, Took: time.Millisecond}, true},
		"only too slow":                       {GET("/x").Answers(503).FasterThan(time.Second), Observation{Status: 503, Took: 2 * time.Second}, false},
		"too slow, and another status":        {GET("/x").Answers(503).FasterThan(time.Second), Observation{Status: 200, Took: 2 * time.Second}, true},
		"no line of the log":                  {Log().Contains("unreachable"), Observation{}, true},
		"a process that runs":                 {Process().Showing("state", "exited").NotShowing("exit_code", 0.0), answer(0, `{"state":"running"}`), true},
		"a process that ended in another way": {Process().Showing("state", "exited").NotShowing("exit_code", 0.0), answer(0, `{"state":"exited","exit_code":0}`), false},
	} {
		if got := c.of.Spec().FailsOn(c.seen); got != c.want {
			t.Errorf("%s: %q fails on %q: %v", name, c.of.Spec(), c.seen, got)
		}
	}
}
