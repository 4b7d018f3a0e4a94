package record_test

import (
	"testing"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
)

func TestNormalisedOutputsDifferOnlyByWhatMatters(t *testing.T) {
	same := [][2]string{
		{`{"timestamp":"2024-12-31T12:00:00.000Z"}`, `{"timestamp":"2026-01-01T01:02:03.456Z"}`},
		{"id 3f2b1c9e-0000-4000-8000-000000000001", "id 3f2b1c9e-0000-4000-8000-000000000002"},
		{" pid | duration\n-----+----\n 17 | 00:01:02.5", " pid   | duration\n-------+----\n 17042 | 00:02:02.512"},
		{"took 3ms", "took 1.25s"},
		{`{"pool": {"idle": 7, "wait": 0.5}}`, `{"pool": {"idle": 4, "wait": 12}}`},
		{"events | tenant\nkeys | tenant\n(2 rows)", "keys | tenant\nevents | tenant\n(2 rows)"},
	}
	for _, pair := range same {
		a, b := scenarios.Execution{Stdout: pair[0]}, scenarios.Execution{Stdout: pair[1]}
		if record.Normalised(a) != record.Normalised(b) {
			t.Errorf("%q and %q read differently: %q, %q", pair[0], pair[1], record.Normalised(a), record.Normalised(b))
		}
	}
	different := [][2]scenarios.Execution{
		{{Stdout: `"UP"`}, {Stdout: `"DOWN"`}},
		{{Stdout: "(0 rows)"}, {Stdout: "(1 row)"}},
		{{Stdout: `{"status": 200}`}, {Stdout: `{"status": 503}`}},
		{{Stdout: "keyspace_hits:1"}, {Stdout: "keyspace_hits:2"}},
		{{Exits: []int{0, 0}}, {Exits: []int{7, 0}}},
		{{}, {Ended: "the bound of 2s", Exit: -1}},
	}
	for _, pair := range different {
		if record.Normalised(pair[0]) == record.Normalised(pair[1]) {
			t.Errorf("%v and %v read alike", pair[0], pair[1])
		}
	}
}

func TestTheBaselineShowsNothingOfTheFault(t *testing.T) {
	healthy := scenarios.Execution{Exits: []int{0}, Stdout: "state UP\nhits:1"}
	faulty := scenarios.Execution{Exits: []int{0}, Stdout: "state DOWN\nhits:2"}
	for stdout, want := range map[string]bool{"state UP\nhits:1": true, "state UP\nhits:9": true, "state DOWN\nhits:9": false} {
		if got := record.MatchesBaseline(scenarios.Execution{Exits: []int{0}, Stdout: stdout}, healthy, faulty); got != want {
			t.Errorf("%q: recovered %v", stdout, got)
		}
	}
	if record.MatchesBaseline(scenarios.Execution{Exits: []int{7}}, healthy, faulty) {
		t.Error("it does not even run")
	}
}
