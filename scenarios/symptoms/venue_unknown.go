package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// VenueUnknown plays creates for venues that the tenant does not have: first
// the venue-service knows none of them, then it says that they are another
// tenant's. Both are answers of a healthy neighbour. The caller is told what
// is wrong, and nobody else is refused for it: the breaker stays closed.
func VenueUnknown() Scenario {
	refused := []Expectation{
		POST("/api/v1/events", during).Answers(422).Mentioning("errors", "venue_id").
			InsteadOf(201).Times(opensAny).By(15 * time.Second).Proves("creation.symptom.validation-errors"),
		// Nor can an event move to such a venue.
		PUT("/api/v1/events/{event}", during).Of(before).IfMatch("*").Sending(elsewhere).
			Answers(422).Mentioning("errors", "venue_id").InsteadOf(200).By(15 * time.Second),
	}
	return Scenario{
		ID:       "venue-unknown",
		Title:    "the venues asked for do not exist, or are another tenant's",
		Section:  "Event Creation Failures",
		Severity: P3,
		Budget:   2 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Mentioning("checks.dependencies", "CLOSED"),
			POST("/api/v1/events", before).Answers(201),
		},

		Always: append(venueFailsAlone(),
			Log().Lacks("Circuit breaker opened").Proves("breaker.symptom.opened"),
			GET("/health/ready").Mentioning("checks.dependencies", "CLOSED").Proves("breaker.resolution.stats"),
		),

		Fault:     VenueNotFound(),
		During:    refused,
		Escalates: []Stage{{Fault: VenueOwnedByOther(), During: refused}},

		After: []Expectation{
			POST("/api/v1/events", after).Answers(201).By(10 * time.Second),
			GET("/api/v1/events").Answers(200).Lacks(string(during)).By(10 * time.Second),
		},
	}
}
