package judge

import (
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios/record"
)

// EndNoticeTimeout bounds how long after an end it is noticed: milliseconds for a
// process of ours, a second for a container on a busy machine.
const EndNoticeTimeout = 2 * time.Second

// beforeTheEnd is a recording without what was seen of the service once the
// ground under it was gone. Another tenant's row stays: no end explains that.
func beforeTheEnd(events []record.Event) []record.Event {
	at := slices.IndexFunc(events, func(e record.Event) bool { return e.Kind == record.EventEnded })
	if at < 0 {
		return events
	}
	last := events[at].At.Add(-EndNoticeTimeout)
	return slices.DeleteFunc(slices.Clone(events), func(e record.Event) bool {
		return e.At.After(last) && slices.Contains(seen, e.Kind) && !shownForeign(e)
	})
}

// shownForeign reports whether another tenant's data was shown.
func shownForeign(e record.Event) bool {
	return e.Observation != nil && len(e.Observation.Foreign()) > 0 || e.Hit != nil && e.Hit.ShowsForeign()
}

// seen are the kinds of events that tell of the service.
var seen = []record.EventKind{record.EventStart, record.EventObservation, record.EventAnswer, record.EventHit, record.EventReach, record.EventRemedy}
