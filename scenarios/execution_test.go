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
