package world

import (
	"context"
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
