package judge

import (
	"cmp"
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios/audit"
	"github.com/runproof/runproof/scenarios/record"
)

// staleSince is since when no answer may show the name of a write any more, by the
// number of the write: some time after a change of the same event was acknowledged that
// came later. A change of which nobody knows what became of it may still be made, and so
// be the last after all.
func staleSince(hits []record.Hit) map[int]time.Time {
	changes := map[int][]record.Hit{} // by the create whose event they are of
	for _, h := range hits {
		if h.Write != nil && h.Write.Of != 0 {
			changes[h.Write.Of] = append(changes[h.Write.Of], h)
		}
	}
	since := map[int]time.Time{}
	for made, list := range changes {
		slices.SortFunc(list, func(a, b record.Hit) int { return cmp.Compare(a.Write.Number, b.Write.Number) })
		before := []int{made}
		for _, h := range list {
			if h.Write.Acknowledged() {
				for _, n := range before {
					if since[n].IsZero() {
						since[n] = h.Done.Add(audit.ShownWithin)
					}
				}
			}
			if !h.Write.Unknown() {
				before = append(before, h.Write.Number)
			}
		}
	}
	return since
}

// outdated reports whether the answer to a read shows an event as it was before a change
// that had been acknowledged when the request left.
func outdated(h record.Hit, since map[int]time.Time) bool {
	return h.Write == nil && slices.ContainsFunc(h.Shows, func(n int) bool {
		at, known := since[n]
		return known && !h.Sent.Before(at)
	})
}
