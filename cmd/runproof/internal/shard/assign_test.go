package shard

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
)

func TestEveryScenarioIsAssignedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lasting := rapid.SliceOf(rapid.IntRange(0, 60)).Draw(t, "seconds")
		of := rapid.IntRange(1, 9).Draw(t, "shards")
		var list []scenarios.Scenario
		takes := map[string]time.Duration{}
		var sum, longest time.Duration
		for i, s := range lasting {
			list = append(list, scenarios.Scenario{ID: fmt.Sprint("s", i)})
			d := time.Duration(s) * time.Second
			takes[list[i].ID], sum, longest = d, sum+d, max(longest, d)
		}
		of1 := func(s scenarios.Scenario) time.Duration { return takes[s.ID] }
		got := Assign(list, nil, of, of1)
		if len(got) != len(list) {
			t.Fatalf("%d of %d are assigned", len(got), len(list))
		}
		load := make([]time.Duration, of)
		for i, a := range got {
			if a.Scenario != list[i].ID || a.Shard < 1 || a.Shard > of {
				t.Fatalf("place %d: %+v", i, a)
			}
			load[a.Shard-1] += takes[a.Scenario]
		}
		// What the rule of the longest first guarantees.
		if most := slices.Max(load); most > sum/time.Duration(of)+longest {
			t.Fatalf("a shard has %s of %s", most, sum)
		}
		if !slices.Equal(got, Assign(list, nil, of, of1)) {
			t.Fatal("divided differently the second time")
		}
	})
}

func TestTheCommandsAreAllOfTheFirstShard(t *testing.T) {
	minute := func(scenarios.Scenario) time.Duration { return time.Minute }
	got := Assign([]scenarios.Scenario{{ID: "a"}, {ID: "b"}}, []scenarios.Scenario{{ID: "c"}, {ID: "d"}, {ID: "e"}}, 2, minute)
	want := []ledger.Assignment{{Scenario: "a", Shard: 2}, {Scenario: "b", Shard: 2}, {Scenario: "c", Shard: 1}, {Scenario: "d", Shard: 1}, {Scenario: "e", Shard: 1}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}
