package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// Each create waits for its venue, so that fifteen wait at any moment: more
// than the ten connections that a service usually has, and for a time that is
// well within what it grants a venue.
const (
	manyCreates  = 25 // a second
	venueAnswers = 600 * time.Millisecond
)

// VenueQueue plays many creates at once that wait for a slow venue-service.
// While they wait they may hold nothing that a read needs: else a neighbour
// that is slow takes down what has no need of it.
//
// Of the creates nothing is asked: on a machine that is busy some run into
// their deadline, and the breaker may open over them.
func VenueQueue() Scenario {
	return Scenario{
		ID:       "venue-queue",
		Title:    "many creates wait for a slow venue-service, and reads go on",
		Section:  "High Latency",
		Severity: P2,
		Budget:   3 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Mentioning("checks.dependencies", "CLOSED").Proves("breaker.resolution.stats"),
			POST("/api/v1/events", before).Answers(201),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			GET("/health/ready").Answers(200).Implied(),
			GET("/api/v1/events").Answers(200).Implied(),
			GET("/api/v1/events/{event}").Of(before).Answers(200).Implied(),
		},

		Load:  Load{Rate: manyCreates, CreatesOnly: true},
		Fault: Slow(Venue, venueAnswers),
		During: []Expectation{
			// So often in a row that a queue would have built up meanwhile.
			GET("/api/v1/venues/{venue}/events").Answers(200).Undisturbed().By(40 * time.Second).Times(50),
		},

		After: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second).Times(3),
			POST("/api/v1/events", after).Answers(201).By(halfOpenAtMost + 10*time.Second).Times(3),
		},
	}
}
