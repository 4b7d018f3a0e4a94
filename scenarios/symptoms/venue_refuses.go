package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// VenueRefusesService plays a venue-service that refuses the event-service itself
// now and then: it does not know it (401), does not let it (403), or has been
// asked too often (429 with Retry-After).
//
// That is between the two services. The caller's own token, right and rate are
// as good as before, and its venue exists: it is told that venues cannot be
// checked now. Every second request is refused, so that who asks again at once
// would never tell, and the breaker stays closed.
func VenueRefusesService() Scenario {
	untold := []Expectation{
		POST("/api/v1/events", during).AnswersOneOf(201, 503).AtOnce().Undisturbed().Times(opensAny).By(10 * time.Second).Implied(),
		POST("/api/v1/events", during).Answers(503).By(10*time.Second).Proves("breaker.symptom.validation-failing", "breaker.symptom.503"),
	}
	return Scenario{
		ID:       "venue-refuses-service",
		Title:    "the venue-service refuses every second request of the service itself",
		Section:  "Circuit Breaker Open",
		Severity: P2,
		Budget:   2 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Mentioning("checks.dependencies", "CLOSED"),
			POST("/api/v1/events", before).Answers(201),
		},

		Always: append(venueFailsAlone(),
			Log().Lacks("Circuit breaker opened").Implied(),
		),

		Fault:     Flap(Venue, 401),
		During:    untold,
		Escalates: []Stage{{Fault: Flap(Venue, 403), During: untold}, {Fault: Flap(Venue, 429), During: untold}},

		After: []Expectation{
			POST("/api/v1/events", after).Answers(201).By(10 * time.Second).Times(6).Proves("breaker.resolution.recovers"),
		},
	}
}
