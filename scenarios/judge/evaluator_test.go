package judge

import (
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
)

// looks builds observations of one status each, one every 100 ms.
func observations(start time.Time, statuses ...int) []scenarios.Observation {
	var list []scenarios.Observation
	for i, status := range statuses {
		list = append(list, scenarios.Observation{At: start.Add(time.Duration(i) * 100 * time.Millisecond), Took: time.Millisecond, Status: status})
	}
	return list
}

func TestFold(t *testing.T) {
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	ready := scenarios.GET("/").Answers(200).By(time.Second)
	for name, c := range map[string]struct {
		e    scenarios.Expectation
		seen []scenarios.Observation
		held bool
	}{
		"at once":                      {ready, observations(start, 200), true},
		"after a while":                {ready, observations(start, 503, 503, 200), true},
		"never":                        {ready, observations(start, 503, 503, 503), false},
		"no look":                      {ready, nil, false},
		"three in a row":               {ready.Times(3), observations(start, 200, 503, 200, 200, 200), true},
		"three, but not in a row":      {ready.Times(3), observations(start, 200, 200, 503, 200, 200), false},
		"too late":                     {ready, observations(start.Add(time.Second), 200), false},
		"the row ends after it":        {ready.Times(3), observations(start.Add(850*time.Millisecond), 200, 200, 200), true},
		"the row begins too late":      {ready.Times(3), observations(start.Add(950*time.Millisecond), 503, 200, 200, 200), false},
		"the row breaks after it":      {ready.Times(3), observations(start.Add(850*time.Millisecond), 200, 200, 503, 200, 200, 200), false},
		"sooner than promised":         {ready.Since("x", 500*time.Millisecond), observations(start, 503, 200, 200), false},
		"no sooner than promised":      {ready.Since("x", 150*time.Millisecond), observations(start, 503, 503, 200), true},
		"the first answer is wrong":    {ready.AtOnce(), observations(start, 0, 503, 200), false},
		"the first answer is right":    {ready.AtOnce(), observations(start, 0, 200), true},
		"a second check does not hold": {ready.FasterThan(time.Microsecond), observations(start, 200), false},
	} {
		f := NewEvaluator(c.e.Spec(), start)
		for _, o := range c.seen {
			if f.Add(o) {
				break
			}
		}
		if f.Held != c.held {
			t.Errorf("%s: held %v, want %v (%s)", name, f.Held, c.held, f.reason)
		}
	}
}

// By hand: leave out that an observation which holds ends a row.
func TestSinceWhenItDoesNotHold(t *testing.T) {
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	at := func(n int) time.Time { return start.Add(time.Duration(n) * 100 * time.Millisecond) }
	for name, c := range map[string]struct {
		statuses []int
		want     time.Time
	}{
		"from the first":      {[]int{503, 503, 503}, at(0)},
		"from the last break": {[]int{503, 200, 503, 503}, at(2)},
		"never":               {[]int{503, 200}, time.Time{}},
	} {
		f := NewEvaluator(scenarios.GET("/").Answers(200).By(time.Second).Times(3).Spec(), start)
		for _, o := range observations(start, c.statuses...) {
			f.Add(o)
		}
		if !f.failing.Equal(c.want) {
			t.Errorf("%s: since %s, want %s", name, f.failing, c.want)
		}
	}
}

func TestFoldCorrectsTheTimeByHalfAPause(t *testing.T) {
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	f := NewEvaluator(scenarios.GET("/").Answers(200).Spec(), start)
	for _, o := range observations(start, 503, 200) {
		f.Add(o)
	}
	// Seen at 101 ms, not yet at 1 ms: 51 ms is the best guess.
	if got, want := f.sees(start), 51*time.Millisecond; got != want {
		t.Errorf("sees after %s, want %s", got, want)
	}
}

func TestFoldStopsWhenHopeIsGone(t *testing.T) {
	f := NewEvaluator(scenarios.GET("/").Answers(200).Spec(), time.Now())
	if !f.Add(scenarios.Observation{At: time.Now(), Hopeless: "the service exited with code 1"}) {
		t.Error("went on looking at a service that is gone")
	}
}
