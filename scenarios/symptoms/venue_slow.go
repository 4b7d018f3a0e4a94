package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// The two paces of a slow venue-service. The first is slow and still an
// answer; nobody waits as long as the second takes.
const (
	venueTakes    = 400 * time.Millisecond
	venueTooSlow  = 4 * time.Second
	aReadIsFaster = 2 * time.Second
)

// VenueSlow plays a venue-service that gets slow, and then too slow. Slow
// answers are answers: creates wait for them, reads do not, and the breaker
// stays closed. An answer that nobody waits for is none.
func VenueSlow() Scenario {
	return Scenario{
		ID:       "venue-slow",
		Title:    "the venue-service answers late, then too late",
		Section:  "Circuit Breaker Open",
		Severity: P2,
		Budget:   3 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Mentioning("checks.dependencies", "CLOSED"),
			POST("/api/v1/events", before).Answers(201),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			GET("/health/ready").Answers(200).Implied(),
			GET("/api/v1/events").Answers(200).FasterThan(aReadIsFaster).Implied(),
		},

		Fault: AnswerLate(Venue, venueTakes),
		During: []Expectation{
			POST("/api/v1/events", during).Answers(201).Undisturbed().By(10 * time.Second).Times(6).Implied(),
		},

		Escalates: []Stage{{Fault: AnswerLate(Venue, venueTooSlow), During: opens()}},

		After: recovers(),
	}
}
