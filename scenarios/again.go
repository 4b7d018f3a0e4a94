package scenarios

import (
	"context"
	"time"
)

const (
	// again names the second playing of a scenario, so that it keeps its own
	// events in the bundle.
	again = "-again"
	// againBound is how long after the others the last second playing may begin.
	// Where another program takes the time for ever, each would come to nothing.
	againBound = 5 * time.Minute
)

// void says why a playing is worth another: it decided nothing, and the machine
// had no time to spare for it. Empty: it stands. What broke the harness stands,
// such as something that could not be removed, unless it only was not ready.
func (j *judge) void(v Verdict, reason string) string {
	if v != Broken && v != Inconclusive || len(j.strains) == 0 || len(j.harness) > j.unready {
		return ""
	}
	return string(v) + ": " + reason
}

// replay plays what came to nothing a second time, one at a time and after the
// others: by then the machine has more time. The second playing stands.
func replay[P any](ctx context.Context, first []P, void func(P) string, play func(i int) P) {
	until := time.Now().Add(againBound)
	for i := range first {
		if void(first[i]) == "" {
			continue
		}
		if ctx.Err() != nil || time.Now().After(until) {
			return
		}
		first[i] = play(i)
	}
}
