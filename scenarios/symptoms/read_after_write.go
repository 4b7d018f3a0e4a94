package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
)

// renamed is the name that an event gets later.
const renamed Body = "renamed"

// ReadAfterWrite plays the absence of "events not appearing after creation":
// what was acknowledged is shown at once, wherever it belongs, though the
// lists were asked for, and so cached, a moment before.
func ReadAfterWrite() Scenario {
	const shown = "creation.symptom.not-appearing"
	return Scenario{
		ID:       "read-after-write",
		Title:    "an event that was created, or changed, is shown everywhere at once",
		Section:  "Event Creation Failures",
		Severity: P2,
		Budget:   2 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second),
			GET("/api/v1/events").Answers(200).Lacks(string(before)),
			GET("/api/v1/venues/{venue}/events").Answers(200).Lacks(string(before)),

			POST("/api/v1/events", before).Answers(201),
			GET("/api/v1/events/{event}").Of(before).Answers(200).Contains(string(before)).By(time.Second).Proves(shown),
			GET("/api/v1/events").Answers(200).Contains(string(before)).By(time.Second).Proves(shown),
			GET("/api/v1/venues/{venue}/events").Answers(200).Contains(string(before)).By(time.Second).Proves(shown),

			PUT("/api/v1/events/{event}", renamed).Of(before).IfMatch("*").Answers(200),
			GET("/api/v1/events/{event}").Of(before).Answers(200).Contains(string(renamed)).By(time.Second).Implied(),
			GET("/api/v1/events").Answers(200).Contains(string(renamed)).Lacks(string(before)).By(time.Second).Implied(),
			GET("/api/v1/venues/{venue}/events").Answers(200).Contains(string(renamed)).By(time.Second).Implied(),

			// Whoever changes what he has not seen last is told so.
			PUT("/api/v1/events/{event}", before).Of(before).IfMatch(`"1"`).Answers(412).ByContract(),
			GET("/api/v1/events/{event}").Of(before).Answers(200).Contains(string(renamed)).By(time.Second).ByContract(),

			// The neighbour has a list of its own, and is told of nothing.
			GET("/api/v1/events").As(OtherTenant).Answers(200).Lacks(string(renamed)).Implied(),
			GET("/api/v1/events/{event}").Of(before).As(OtherTenant).Answers(404).Implied(),
		},
	}
}
