package scenarios

import (
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios/fault"
)

// sound returns a scenario that is valid; each case spoils one thing in it.
func sound() Scenario {
	return Scenario{
		ID: "sound", Title: "t", Section: "s", Severity: P1, Budget: time.Minute,
		Steady: []Expectation{GET("/ready").Answers(200)},
		Fault:  fault.Refuse(fault.Postgres),
		During: []Expectation{GET("/ready").Answers(503).Proves("a.b.c")},
		After:  []Expectation{GET("/ready").Answers(200)},
	}
}

func TestValidateRejectsWhatCannotFail(t *testing.T) {
	if err := sound().Validate(); err != nil {
		t.Fatalf("sound scenario: %v", err)
	}
	for want, spoil := range map[string]func(*Scenario){
		"kebab case":                       func(s *Scenario) { s.ID = "Not Kebab" },
		"none of P1":                       func(s *Scenario) { s.Severity = "" },
		"title or section":                 func(s *Scenario) { s.Section = "" },
		"no steady state":                  func(s *Scenario) { s.Steady = nil },
		"proves no claim":                  func(s *Scenario) { edit(s.During, func(e *ExpectationSpec) { e.Claims, e.Basis = nil, "" }) },
		"nothing is expected while":        func(s *Scenario) { s.During = nil },
		"but has none":                     func(s *Scenario) { s.Fault = fault.Fault{} },
		"what is no single fault":          func(s *Scenario) { s.Repeat, s.Escalates = 2, []Stage{{Fault: s.Fault, During: s.During}} },
		"expects no recovery":              func(s *Scenario) { s.After = nil },
		"has no delay":                     func(s *Scenario) { s.Fault = fault.Slow(fault.Postgres, 0) },
		"is on no dependency":              func(s *Scenario) { s.Fault = fault.Refuse("") },
		"is not known":                     func(s *Scenario) { s.Fault.Kind = "unheard-of" },
		"escalates to no fault":            func(s *Scenario) { s.Escalates = []Stage{{During: s.During}} },
		"checks nothing":                   func(s *Scenario) { s.During = append(s.During, GET("/ready")) },
		"looks at nothing":                 func(s *Scenario) { s.After = []Expectation{ExpectationSpec{}} },
		"no healthy value":                 func(s *Scenario) { s.During = append(s.During, GET("/other").Answers(503)) },
		"only documented checks decide":    func(s *Scenario) { edit(s.During, func(e *ExpectationSpec) { e.Basis = Inferred }) },
		"names no claim":                   func(s *Scenario) { edit(s.After, func(e *ExpectationSpec) { e.Basis = Documented }) },
		"which nothing before it":          func(s *Scenario) { s.After[0] = GET("/ready").Answers(200).Since("never", 0) },
		"must hold before it may":          func(s *Scenario) { s.After[0] = GET("/ready").Answers(200).Since("x", time.Hour) },
		"negative deadline":                func(s *Scenario) { s.After[0] = GET("/ready").Answers(200).By(-1) },
		"sampled throughout, but not safe": func(s *Scenario) { s.Always = []Expectation{POST("/x", "b").Answers(201)} },
		"is shorter than its waits":        func(s *Scenario) { s.Budget = time.Second },
		"true by the injected delay of 2s alone": func(s *Scenario) {
			s.Fault = fault.Slow(fault.Postgres, 2*time.Second)
			s.During[0] = GET("/ready").SlowerThan(time.Second).Proves("a.b.c")
		},
	} {
		s := sound()
		spoil(&s)
		if err := s.Validate(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error with %q, got %v", want, err)
		}
	}
}

// edit changes the first of a list.
func edit(list []Expectation, change func(*ExpectationSpec)) {
	e := list[0].Spec()
	change(&e)
	list[0] = e
}

func TestHealthyValueComesFromSteadyUnlessSaid(t *testing.T) {
	s := sound()
	s.During = append(s.During, GET("/other").Answers(503).InsteadOf(204))
	if err := s.Validate(); err != nil {
		t.Fatal(err)
	}
	checks, _ := s.Healthy(s.During[1].Spec())
	if ok, _ := (ExpectationSpec{Checks: checks}).Holds(Observation{Status: 204}); !ok {
		t.Error("204 is not taken for the healthy value")
	}
}
