package world

import (
	"time"

	"github.com/runproof/runproof/scenarios/record"
)

// LoadObserver is told of each request: when it leaves, and what became of it. It
// is called from many goroutines.
type LoadObserver interface {
	// Begins is told of the kinds of requests that the load is made of.
	Begins(kinds []string)
	// Wanted takes a kind off the list of those that are waited for: it leaves next.
	// Empty: none is.
	Wanted() string
	// Hurried reports whether some are, so that requests are to leave sooner.
	Hurried() bool
	Sent(at time.Time)
	Done(h record.Hit)
}
