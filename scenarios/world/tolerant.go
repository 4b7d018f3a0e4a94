package world

import (
	"context"
	"time"
)

// Tolerant is a [World] with a service that the scenarios were not written for. What it
// shows otherwise than the runbook while nothing is broken is a deviation: it makes
// the claim FALSE, and the playing goes on as long as the service is well by its
// own profile.
type Tolerant interface {
	// StartTimeout bounds Start, which ends when the service is ready; zero: nothing is
	// tolerated here.
	StartTimeout() time.Duration
	// Healthy asks whether the service is well, by its profile; an error says what is not.
	Healthy(ctx context.Context) error
}
