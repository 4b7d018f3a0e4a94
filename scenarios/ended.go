package scenarios

import (
	"context"
	"errors"
	"slices"
	"time"
)

// EndedError says that something under a world, or under all of them, has ended
// and nobody of ours has ended it: a server of the stack, say. As the cause of a
// context's end it ends what is played there; nothing that is seen from then on
// is the service's doing.
type EndedError struct {
	// What has ended, and what is known of why, in one line.
	What string
	// At is when that was noticed.
	At time.Time
}

func (e *EndedError) Error() string { return e.What }

// Mortal is a [World] that stands on something of its own that may end.
type Mortal interface {
	// Ended waits until it does, and returns an [*EndedError]; nil when ctx ends.
	Ended(ctx context.Context) error
}

// endNoticed bounds how long after an end it is noticed: milliseconds for a
// process of ours, a second for a container on a busy machine.
const endNoticed = 2 * time.Second

// endWith ends ctx, with its cause, when the world does.
func endWith(ctx context.Context, w World) (context.Context, context.CancelFunc) {
	ctx, end := context.WithCancelCause(ctx)
	if m, ok := w.(Mortal); ok {
		go func() {
			if err := m.Ended(ctx); err != nil {
				end(err)
			}
		}()
	}
	return ctx, func() { end(nil) }
}

// interrupted records why a playing could not go on to its end.
func (p *player) interrupted(ctx context.Context) {
	var ended *EndedError
	if errors.As(context.Cause(ctx), &ended) {
		p.record(Event{At: ended.At, Kind: EventEnded, Err: ended.What})
		return
	}
	p.broken(errors.New("interrupted"))
}

// beforeTheEnd is a recording without what was seen of the service once the
// ground under it was gone. Another tenant's row stays: no end explains that.
func beforeTheEnd(events []Event) []Event {
	at := slices.IndexFunc(events, func(e Event) bool { return e.Kind == EventEnded })
	if at < 0 {
		return events
	}
	last := events[at].At.Add(-endNoticed)
	return slices.DeleteFunc(slices.Clone(events), func(e Event) bool {
		return e.At.After(last) && slices.Contains(seen, e.Kind) && !shownForeign(e)
	})
}

// shownForeign reports whether another tenant's data was shown.
func shownForeign(e Event) bool {
	return e.Look != nil && len(e.Look.Foreign) > 0 || e.Hit != nil && len(e.Hit.Foreign) > 0
}

// seen are the kinds of events that tell of the service.
var seen = []EventKind{EventStart, EventLook, EventAnswer, EventHit, EventReach, EventRemedy}

// cut reports whether a result is of a playing that the end of the whole run
// cut short: it says nothing, unless it had failed by then.
func cut(ctx context.Context, r Result) bool { return ctx.Err() != nil && r.Verdict == Broken }
