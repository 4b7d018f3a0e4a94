package scenarios

import (
	"time"
)

// Every wait of the engine, with what it bounds. None is a sleep: each ends as
// soon as its condition holds.
const (
	// ProofDeadline bounds the proof that the stack works without the service.
	ProofDeadline = 10 * time.Second
	// WitnessDeadline bounds the wait for a witness to report the presence
	// or the absence of a fault. A witness of latency waits for late answers.
	WitnessDeadline = 10 * time.Second
	// ObservationTimeout bounds an observation that no deadline of an expectation bounds: the
	// one before the fault, those of Always, and the later ones of several in a
	// row. It is long enough for a busy machine, since an answer that comes late
	// is judged by FasterThan.
	ObservationTimeout = 5 * time.Second
)
