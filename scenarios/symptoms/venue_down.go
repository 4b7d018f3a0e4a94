package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// The breaker's wait, 30 seconds by default ("Circuit Breaker Open", step 2),
// and how far a measured wait may be from it: the first request after it must
// come along, and the moment of opening is known from a log line.
const (
	halfOpenAfter   = 30 * time.Second
	halfOpenEarly   = time.Second
	halfOpenAtLeast = halfOpenAfter - halfOpenEarly
	halfOpenAtMost  = halfOpenAfter + 5*time.Second
)

// asOf is how old a readiness may be: nobody says that it is asked for anew
// each time.
const asOf = 5 * time.Second

// VenueDown plays "the venue-service is down": its host is gone, so that
// nothing answers and nothing refuses. Only a breaker makes failing fast.
//
// The breaker must open and say so, requests that need a venue must then be
// refused at once, everything else must go on; half a minute after it opened
// the breaker must try again, and recover without anybody's help.
func VenueDown() Scenario {
	return Scenario{
		ID:       "venue-down",
		Title:    "the venue-service is gone and the circuit breaker opens",
		Section:  "Circuit Breaker Open",
		Severity: P2,
		Budget:   5 * time.Minute,
		Also:     []Property{Outage},

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", before).Answers(201),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			// A venue-service that is down takes nothing else down.
			GET("/health/ready").Answers(200).Implied(),
			// All along: a time that stands still is not that of the answer.
			GET("/health/ready").Dated("timestamp", asOf).Proves("health.manual.timestamp"),
			GET("/api/v1/events").Answers(200).Implied(),
		},

		Fault: BlackHole(Venue),
		During: []Expectation{
			Log().Contains("Circuit breaker opened").By(30 * time.Second).Called("opened").Proves("breaker.symptom.opened"),
			POST("/api/v1/events", during).Answers(503).By(30*time.Second).Proves("breaker.symptom.validation-failing", "breaker.symptom.503"),
			// A hole takes as long as a timeout; only an open breaker is fast.
			POST("/api/v1/events", during).Answers(503).FasterThan(failsFast).Times(3).By(30 * time.Second),
			GET("/health/ready").Mentioning("checks.dependencies", "OPEN").By(30 * time.Second).Proves("breaker.resolution.stats"),
		},

		Diagnosis: []Step{
			Sh("breaker.resolution.venue-health", `curl http://venue-service:3002/health/live`).Shows("UP"),
			Sh("creation.resolution.venue-reachable", `curl http://venue-service:3002/health/live`).Shows("UP"),
			Sh("breaker.resolution.stats", `curl http://localhost:3003/health/ready | jq '.checks.dependencies'`).Shows("CLOSED").ShowsUnderFault("OPEN"),
		},

		// "If dependent service down: enable circuit breaker fallbacks".
		Remedy: []Remedy{Fallback("incident.mitigate.dependency")},

		After: []Expectation{
			POST("/api/v1/events", after).Answers(201).By(halfOpenAtMost).Since("opened", halfOpenAtLeast).Proves("breaker.resolution.half-open"),
			POST("/api/v1/events", after).Answers(201).By(40 * time.Second).Times(3).Proves("breaker.resolution.recovers"),
		},
	}
}
