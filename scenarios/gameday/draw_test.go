package gameday

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
)

func rules() Rules { return Rules{Players: 1, Duration: 30 * time.Minute, Speed: 10, Faults: 1} }

func list() []Candidate {
	return []Candidate{
		{Scenario: "database-refused", Section: "Database Connection Issues", Severity: scenarios.P1, Fault: fault.Refuse(fault.Postgres), Weight: 4},
		{Scenario: "redis-slow", Section: "High Latency", Severity: scenarios.P2, Fault: fault.Slow(fault.Redis, time.Second), Weight: 3},
		{Scenario: "solana-down", Section: "Dependencies", Severity: scenarios.P4, Fault: fault.Refuse(fault.Solana), Weight: 1},
	}
}

func TestADrawFollowsFromItsSeed(t *testing.T) {
	r := rules()
	r.Faults, r.Decoys = 2, 3
	seen := map[string]int{}
	for seed := range uint64(300) {
		a, err := NewDraw(seed, r, list())
		if err != nil {
			t.Fatal(err)
		}
		if b, _ := NewDraw(seed, r, list()); !reflect.DeepEqual(a, b) {
			t.Fatalf("seed %d draws %+v and %+v", seed, a, b)
		}
		seen[a.Plays[0].Scenario]++
		if at := a.Plays[0].At; at < 3*time.Minute || at > 9*time.Minute {
			t.Errorf("the first fault is after %s", at)
		}
		if a.Plays[0].Fault.On == a.Plays[1].Fault.On || a.Plays[1].At < a.Plays[0].At || len(a.Decoys) != 3 {
			t.Errorf("seed %d: %+v", seed, a)
		}
	}
	if seen["database-refused"] <= seen["solana-down"] || seen["solana-down"] == 0 {
		t.Errorf("weights do not count: %v", seen)
	}
}

func TestWhatCannotBeDrawn(t *testing.T) {
	for want, change := range map[string]func(*Rules){
		"players":      func(r *Rules) { r.Players = 0 },
		"speed":        func(r *Rules) { r.Speed = 0.5 },
		"at least 10s": func(r *Rules) { r.Speed = 1000 },
		"faults; want": func(r *Rules) { r.Faults = 3 },
		"decoys":       func(r *Rules) { r.Decoys = 4 },
		"no scenario":  func(r *Rules) { r.Severities = []scenarios.Severity{scenarios.P3} },
		"cannot be drawn": func(r *Rules) {
			r.Faults, r.Scenarios = 2, []string{"redis-slow"}
		},
	} {
		r := rules()
		change(&r)
		if _, err := NewDraw(1, r, list()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func TestWhatFailedOrWasLongAgoIsDrawnMoreOften(t *testing.T) {
	game := func(scenario string, kinds ...Kind) Record {
		r := Record{Sealed: Sealed{Draw: Draw{Plays: []Play{{Candidate: Candidate{Scenario: scenario}}}}}}
		for i, k := range kinds {
			r.Events = append(r.Events, Event{Kind: k, At: time.Unix(int64(i+1), 0)})
		}
		return r
	}
	resolved := []Kind{Injected, Gone, Healthy, Declared}
	weighed := Weigh(list(), []Record{game("redis-slow", resolved...), game("solana-down", Injected), game("database-refused", resolved...)})
	want := map[string]int{"database-refused": 4, "redis-slow": 9, "solana-down": 3}
	for _, c := range weighed {
		if c.Weight != want[c.Scenario] {
			t.Errorf("%s: weight %d, want %d", c.Scenario, c.Weight, want[c.Scenario])
		}
	}
}
