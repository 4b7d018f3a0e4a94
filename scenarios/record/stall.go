package record

import (
	"time"
)

// Stall is a time for which the host kept the harness waiting for something
// that no fault can reach: a timer, or a server of the stack by its direct path.
type Stall struct {
	// What was waited for.
	What string
	// At is when the wait ended.
	At   time.Time
	Took time.Duration
}
