package scenarios_test

import (
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios"
)

func TestAPipeHidesNothing(t *testing.T) {
	for _, c := range []struct {
		name string
		x    scenarios.Execution
		ran  bool
	}{
		{"all parts well", scenarios.Execution{Exits: []int{0, 0}}, true},
		{"the first part failed, jq read nothing", scenarios.Execution{Exits: []int{3, 0}}, false},
		{"the reader left early", scenarios.Execution{Exits: []int{141, 0}}, true},
		{"the last part failed", scenarios.Execution{Exit: 1, Exits: []int{0, 1}}, false},
		{"no end, and nothing shown", scenarios.Execution{Exit: -1, Ended: "the bound of 2s"}, false},
		{"no end, but something shown", scenarios.Execution{Exit: -1, Ended: "the bound of 2s", Stdout: "a line"}, true},
		{"not run", scenarios.Execution{Unsupported: "no cluster"}, false},
	} {
		if got := c.x.Ran(); got != c.ran {
			t.Errorf("%s: ran %v", c.name, got)
		}
	}
}

func TestReadingsDifferOnlyByWhatMatters(t *testing.T) {
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
		if a.Normalised() != b.Normalised() {
			t.Errorf("%q and %q read differently: %q, %q", pair[0], pair[1], a.Normalised(), b.Normalised())
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
		if pair[0].Normalised() == pair[1].Normalised() {
			t.Errorf("%v and %v read alike", pair[0], pair[1])
		}
	}
}

func TestTheComplaintIsFoundAmongHints(t *testing.T) {
	for stderr, want := range map[string]string{
		"psql: error: connection to server failed: Connection refused\n\tIs the server running on that host?": "Connection refused",
		"  % Total\r  0  0\r  0  0\ncurl: (7) Failed to connect":                                              "Failed to connect",
		"one\ntwo\n": "two",
	} {
		x := scenarios.Execution{Exit: 2, Exits: []int{2}, Stderr: stderr}
		if !strings.HasSuffix(x.String(), want) {
			t.Errorf("%q: %s", stderr, x)
		}
	}
}

func TestRecoveredIsWhatShowsNothingOfTheFaultAnyMore(t *testing.T) {
	healthy := scenarios.Execution{Exits: []int{0}, Stdout: "state UP\nhits:1"}
	faulty := scenarios.Execution{Exits: []int{0}, Stdout: "state DOWN\nhits:2"}
	for stdout, want := range map[string]bool{"state UP\nhits:1": true, "state UP\nhits:9": true, "state DOWN\nhits:9": false} {
		if got := (scenarios.Execution{Exits: []int{0}, Stdout: stdout}).MatchesBaseline(healthy, faulty); got != want {
			t.Errorf("%q: recovered %v", stdout, got)
		}
	}
	if (scenarios.Execution{Exits: []int{7}}).MatchesBaseline(healthy, faulty) {
		t.Error("it does not even run")
	}
}
