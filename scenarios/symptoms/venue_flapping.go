package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// VenueFlapping plays a venue-service of which every second answer fails, as
// when one of two replicas is ill. What fails is refused, what works is done:
// a breaker that opened at a single failure would refuse it all.
func VenueFlapping() Scenario {
	return Scenario{
		ID:       "venue-flapping",
		Title:    "every second answer of the venue-service fails",
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

		Fault: Flap(Venue, 500),
		During: []Expectation{
			POST("/api/v1/events", during).Answers(503).By(10*time.Second).Proves("breaker.symptom.validation-failing", "breaker.symptom.503"),
			POST("/api/v1/events", during).Answers(201).Undisturbed().By(10 * time.Second).Implied(),
		},

		After: []Expectation{
			POST("/api/v1/events", after).Answers(201).By(10 * time.Second).Times(6).Proves("breaker.resolution.recovers"),
		},
	}
}
