package scenarios

import (
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios/fault"
)

// TestCallsAreJudgedOnceTheirTimeIsOver: too early to tell is not "none".
func TestCallsAreJudgedOnceTheirTimeIsOver(t *testing.T) {
	const s = time.Second
	one, none := Calls(fault.Venue).One(29*s, 35*s), Calls(fault.Venue).None(s, 29*s)
	most := Calls(fault.Postgres).AtMost(2, s)
	for name, c := range map[string]struct {
		e    Expectation
		o    Observation
		want bool
	}{
		"one: too early to tell":        {one, Observation{Calls: []time.Duration{30 * s}, Span: 34 * s}, false},
		"one: one":                      {one, Observation{Calls: []time.Duration{0, 30 * s, 36 * s}, Span: 37 * s}, true},
		"one: two":                      {one, Observation{Calls: []time.Duration{30 * s, 31 * s}, Span: 37 * s}, false},
		"one: none":                     {one, Observation{Calls: []time.Duration{0}, Span: 37 * s}, false},
		"none: too early to tell":       {none, Observation{Span: 29 * s}, false},
		"none: none":                    {none, Observation{Calls: []time.Duration{s, 30 * s}, Span: 31 * s}, true},
		"none: one":                     {none, Observation{Calls: []time.Duration{5 * s}, Span: 31 * s}, false},
		"none: who cannot count":        {none, Observation{Span: 31 * s, Err: "no history"}, false},
		"at most: as many":              {most, Observation{Calls: []time.Duration{0, s / 2, s, 3 * s / 2}, Span: 2 * s}, true},
		"at most: one more":             {most, Observation{Calls: []time.Duration{0, 5 * s, 11 * s / 2, 23 * s / 4}, Span: 6 * s}, false},
		"at most: none":                 {most, Observation{Span: s}, true},
		"at most: who cannot count":     {most, Observation{Err: "no history"}, false},
		"none: a look that saw nothing": {none, Observation{}, false},
	} {
		if got, failed := c.e.Spec().Holds(c.o); got != c.want {
			t.Errorf("%s: %v (%s)", name, got, failed)
		}
	}
}
