package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// VenueIntermittent plays a venue-service that was down, has come back slowly, and
// fails now and then, as what has just been started does. A breaker that has
// closed must ask for as many failures as before it first opened: one that
// stays wary refuses every create for half a minute at each of them.
//
// How many successes close a breaker is nowhere said, so it gets as many as it
// got failures before anything fails again.
func VenueIntermittent() Scenario {
	return Scenario{
		ID:       "venue-intermittent",
		Title:    "the venue-service is back and fails now and then",
		Section:  "Circuit Breaker Open",
		Severity: P2,
		Budget:   3 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Mentioning("checks.dependencies", "CLOSED"),
			POST("/api/v1/events", before).Answers(201),
		},
		Always: venueFailsAlone(),

		Fault:  Fail(Venue, 500),
		During: opens(),

		Escalates: []Stage{{
			Fault: AnswerLate(Venue, venueTakes),
			During: []Expectation{
				POST("/api/v1/events", during).Answers(201).Undisturbed().By(halfOpenAtMost).Since("opened", halfOpenAtLeast).Proves("breaker.resolution.half-open"),
				POST("/api/v1/events", during).Answers(201).Undisturbed().By(40 * time.Second).Times(opensAny).Proves("breaker.resolution.recovers"),
			},
		}, {
			Fault: Flap(Venue, 500),
			During: []Expectation{
				POST("/api/v1/events", during).Answers(503).By(10*time.Second).Called("failed once").Proves("breaker.symptom.validation-failing", "breaker.symptom.503"),
				POST("/api/v1/events", during).Answers(201).Undisturbed().By(10*time.Second).Since("failed once", 0).Implied(),
			},
		}},

		After: []Expectation{
			POST("/api/v1/events", after).Answers(201).By(10 * time.Second).Times(6).Proves("breaker.resolution.recovers"),
			GET("/health/ready").Mentioning("checks.dependencies", "CLOSED").By(10 * time.Second).Proves("breaker.resolution.stats"),
		},
	}
}
