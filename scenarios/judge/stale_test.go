package judge

import (
	"slices"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios/audit"
	"github.com/runproof/runproof/scenarios/record"
)

// What was there before an acknowledged change must not be shown; a change of
// unknown outcome may come last, and nothing is over that is still under way. By hand:
// let staleSince add every write to those before.
func TestWhatWasBeforeAnAcknowledgedChangeIsOutdated(t *testing.T) {
	const (
		acknowledged = 200
		refused      = 409
		unknown      = 0
	)
	for name, c := range map[string]struct {
		changes  []int
		ago      time.Duration // since each was over
		outdated []int
	}{
		"no change":                             {nil, audit.ShownWithin, nil},
		"a change":                              {[]int{acknowledged}, audit.ShownWithin, []int{1}},
		"a change of a moment ago":              {[]int{acknowledged}, audit.ShownWithin / 2, nil},
		"a refused change":                      {[]int{refused}, audit.ShownWithin, nil},
		"an unknown change":                     {[]int{unknown}, audit.ShownWithin, nil},
		"two changes":                           {[]int{acknowledged, acknowledged}, audit.ShownWithin, []int{1, 2}},
		"a change, and one of unknown outcome":  {[]int{acknowledged, unknown}, audit.ShownWithin, []int{1}},
		"a change after one of unknown outcome": {[]int{unknown, acknowledged}, audit.ShownWithin, []int{1}},
		"a change after one that was refused":   {[]int{refused, acknowledged}, audit.ShownWithin, []int{1, 2}},
		"a change before one that was refused":  {[]int{acknowledged, refused}, audit.ShownWithin, []int{1}},
	} {
		hits := []record.Hit{{Sent: sec(0), Done: sec(1), Write: &audit.Write{Number: 1, Success: 201, Status: 201}}}
		for i, status := range c.changes {
			hits = append(hits, record.Hit{Sent: sec(9), Done: sec(10), Write: &audit.Write{Number: i + 2, Of: 1, Success: 200, Status: status}})
		}
		slices.Reverse(hits) // they are recorded as they end
		since := staleSince(hits)
		for n := 1; n <= 3; n++ {
			read := record.Hit{Sent: sec(10).Add(c.ago), Shows: []int{n}}
			if got, want := outdated(read, since), slices.Contains(c.outdated, n); got != want {
				t.Errorf("%s: shown under the name of %d, outdated is %t", name, n, got)
			}
			read.Write = &audit.Write{Number: 9}
			if outdated(read, since) {
				t.Errorf("%s: the answer to a change is called outdated", name)
			}
		}
	}
}
