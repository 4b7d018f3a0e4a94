package scenarios

import "testing"

// A count that went up says nothing if nobody was answered, or nobody looked.
func TestHitsRise(t *testing.T) {
	e := Hits().AfterReading("/x").Rise()
	for name, c := range map[string]struct {
		o    Observation
		want bool
	}{
		"hits":           {Observation{Status: 200, Hits: 1}, true},
		"none":           {Observation{Status: 200}, false},
		"not answered":   {Observation{Status: 503, Hits: 1}, false},
		"could not look": {Observation{Status: 200, Hits: 1, Err: "refused"}, false},
		"started again":  {Observation{Status: 200, Hits: -5}, false},
	} {
		if holds, _ := e.Spec().Holds(c.o); holds != c.want {
			t.Errorf("%s: holds is %t", name, holds)
		}
	}
	if (Scenario{Steady: []Expectation{GET("/x").Answers(200)}}).CountsHits() || !(Scenario{Steady: []Expectation{e}}).CountsHits() {
		t.Error("a scenario that looks at hits is not told from one that does not")
	}
}
