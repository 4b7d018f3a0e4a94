package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// inFlight is how long a request that left before the breaker opened may still
// be on its way to the venue-service.
const inFlight = time.Second

// BreakerHalfOpen plays a venue-service that goes on hanging when the breaker
// tries again. One request must be let through half a minute after the
// breaker opened, and one only, whoever else waits and however often health is
// asked for; it fails, so the breaker must open again, for half a minute more.
//
// What reaches the venue-service is counted by the venue-service: a breaker
// that only says that it is open is told from one that is.
func BreakerHalfOpen() Scenario {
	return Scenario{
		ID:       "breaker-half-open",
		Title:    "the venue-service still hangs when the breaker tries again",
		Section:  "Circuit Breaker Open",
		Severity: P2,
		Budget:   3 * time.Minute,
		Load:     Load{Rate: 12}, // several creates arrive while the trial hangs

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Mentioning("checks.dependencies", "CLOSED"),
			POST("/api/v1/events", before).Answers(201),
		},
		Always: venueFailsAlone(),

		Fault: Hang(Venue),
		During: append(opens(),
			Calls(Venue).None(inFlight, halfOpenAtLeast).One(halfOpenAtLeast, halfOpenAtMost).
				Since("opened", 0).By(halfOpenAtMost+opensWithin).Proves("breaker.resolution.half-open"),
			GET("/health/ready").Mentioning("checks.dependencies", "HALF_OPEN").
				Since("opened", halfOpenAtLeast).By(halfOpenAtMost).Inferred(),
			Log().Contains("Circuit breaker opened").Since("opened", halfOpenAtLeast).By(halfOpenAtMost+opensWithin).
				Called("opened again").Proves("breaker.symptom.opened"),
		),

		After: []Expectation{
			POST("/api/v1/events", after).Answers(201).By(halfOpenAtMost).Since("opened again", halfOpenAtLeast).Proves("breaker.resolution.half-open"),
			POST("/api/v1/events", after).Answers(201).By(40 * time.Second).Times(3).Proves("breaker.resolution.recovers"),
			GET("/health/ready").Mentioning("checks.dependencies", "CLOSED").By(40 * time.Second).Proves("breaker.resolution.stats"),
		},
	}
}
