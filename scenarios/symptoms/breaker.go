package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// opensWithin is how long the breaker may take to open once every call fails:
// some failures must come together, each up to the caller's patience.
const opensWithin = 20 * time.Second

// opensAny is a number of failures in a row that opens any breaker; the
// reference's takes five.
const opensAny = 8

// failsFast is what only an open breaker keeps where nothing answers: callers
// wait half a second at the least, the reference one. On two cores that another
// program takes, a refusal at once was seen to take 0.3 s on average.
const failsFast = 400 * time.Millisecond

// venueFailsAlone is what a venue-service that fails, however it fails, leaves
// alone: nobody is restarted or taken out for it, and reads go on.
func venueFailsAlone() []Expectation {
	return []Expectation{
		GET("/health/live").Answers(200).Implied(),
		GET("/health/ready").Answers(200).Implied(),
		GET("/api/v1/events").Answers(200).Implied(),
	}
}

// opens is what each way of failing must lead to ("Circuit Breaker Open",
// symptoms and step 4): the breaker opens and says so, and what needs a venue
// is refused at once.
func opens() []Expectation {
	return []Expectation{
		Log().Contains("Circuit breaker opened").By(opensWithin).Called("opened").Proves("breaker.symptom.opened"),
		POST("/api/v1/events", during).Answers(503).Times(opensAny).By(opensWithin).Proves("breaker.symptom.validation-failing", "breaker.symptom.503"),
		POST("/api/v1/events", during).Answers(503).FasterThan(failsFast).Times(3).By(opensWithin),
		GET("/health/ready").Mentioning("checks.dependencies", "OPEN").By(opensWithin).Proves("breaker.resolution.stats"),
	}
}

// recovers is what the end of each must lead to (steps 2 and 3): a trial half a
// minute after the breaker opened, and then everything as before, by itself.
func recovers() []Expectation {
	return []Expectation{
		POST("/api/v1/events", after).Answers(201).By(halfOpenAtMost).Since("opened", halfOpenAtLeast).Proves("breaker.resolution.half-open"),
		POST("/api/v1/events", after).Answers(201).By(40 * time.Second).Times(3).Proves("breaker.resolution.recovers"),
		GET("/health/ready").Mentioning("checks.dependencies", "CLOSED").By(40 * time.Second).Proves("breaker.resolution.stats"),
	}
}

// venueFails is a venue-service that is there and fails in one way.
func venueFails(id, title string, how Fault) Scenario {
	return Scenario{
		ID:       id,
		Title:    title,
		Section:  "Circuit Breaker Open",
		Severity: P2,
		Budget:   2 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Mentioning("checks.dependencies", "CLOSED"),
			POST("/api/v1/events", before).Answers(201),
		},
		Always: venueFailsAlone(),
		Fault:  how,
		During: opens(),
		After:  recovers(),
	}
}
