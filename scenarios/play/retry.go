package play

import (
	"context"
	"time"
)

// retryTimeout is how long after the others the last retry may begin. Where
// another program takes the time for ever, each would come to nothing.
const retryTimeout = 5 * time.Minute

// retry plays once more what decided nothing while the host stalled, one at a
// time and after the others. The second attempt stands: the first has nothing
// definite in it, or it would have Failed.
func retry[P any](ctx context.Context, first []P, worth func(P) bool, play func(i int) P) {
	until := time.Now().Add(retryTimeout)
	for i := range first {
		if !worth(first[i]) {
			continue
		}
		if ctx.Err() != nil || time.Now().After(until) {
			return
		}
		first[i] = play(i)
	}
}
