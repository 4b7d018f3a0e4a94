package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// How long a read takes, and how far that varies: always more than the second
// that the runbook names.
const (
	unevenRead = 1600 * time.Millisecond
	unevenBy   = 500 * time.Millisecond
)

// SlowQueries plays step 2 of "High Latency": the database answers late, each
// time by another delay, and the operator looks for slow queries in the log.
//
// They must be there while it is slow, and not before: else they tell nothing.
func SlowQueries() Scenario {
	return Scenario{
		ID:       "slow-queries",
		Title:    "Postgres answers unevenly, and slow queries are logged",
		Section:  "High Latency",
		Severity: P2,
		Budget:   3 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", before).Answers(201),
			GET("/api/v1/events").Answers(200).FasterThan(time.Second).By(20 * time.Second),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).FasterThan(2 * time.Second).Implied(),
			Log().Lacks("ECONNREFUSED").Proves("database.symptom.econnrefused"),
		},

		// Slow answers keep connections for long; more load would wait for one.
		Load:  Load{Rate: 2},
		Fault: SlowReads(Postgres, unevenRead).GiveOrTake(unevenBy),
		During: []Expectation{
			Log().Mentions("slow query").By(15 * time.Second).Proves("latency.resolution.slow-queries"),
			GET("/api/v1/events").Answers(200).SlowerThan(time.Second).By(20*time.Second).Times(2).Proves("latency.symptom.over-1s", "latency.resolution.query-performance"),
		},

		After: []Expectation{
			GET("/health/ready").Answers(200).By(15 * time.Second).Times(3),
			GET("/api/v1/events").Answers(200).FasterThan(time.Second).By(30 * time.Second).Times(3),
			POST("/api/v1/events", after).Answers(201).By(15 * time.Second),
		},
	}
}
