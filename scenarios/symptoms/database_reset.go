package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// stormy is how many connections in a second nobody needs who gets a dozen
// requests in it.
const stormy = 100

// DatabaseReset plays "the way to Postgres resets every connection", as a
// firewall does that has lost its table: pooled connections die while they
// idle, new ones as soon as they were accepted.
//
// For the caller that is a database that is down. The log must not say
// ECONNREFUSED, which would send the operator to a server that runs.
func DatabaseReset() Scenario {
	return Scenario{
		ID:       "database-reset",
		Title:    "every connection to Postgres is reset",
		Section:  "Database Connection Issues",
		Severity: P1,
		Budget:   2 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Showing("checks.database", "UP"),
			POST("/api/v1/events", before).Answers(201),
			GET("/api/v1/events").Answers(200),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			// A word for one cause must be absent under its neighbours.
			Log().Lacks("ECONNREFUSED").Proves("database.symptom.econnrefused"),
			// A server that is in trouble is not helped by a storm: some connections
			// for each request, and no more.
			Calls(Postgres).AtMost(stormy, time.Second).ByContract(),
		},

		Fault: Reset(Postgres),
		During: []Expectation{
			GET("/health/ready").Answers(503).By(10 * time.Second).Times(3).Proves("database.symptom.health-failing"),
			GET("/health/ready").NotShowing("checks.database", "UP").Proves("database.resolution.pool-status"),
			POST("/api/v1/events", during).Answers(503).Lacks(venueService).By(10 * time.Second).Times(2).Proves("database.symptom.503"),
			GET("/api/v1/events").Answers(503).By(10 * time.Second).Times(2),
			// The log names the cause that it is, in whatever words.
			Log().Mentions("reset").By(10 * time.Second).Inferred(),
		},

		After: []Expectation{
			GET("/health/ready").Answers(200).By(15 * time.Second).Times(3),
			POST("/api/v1/events", after).Answers(201).By(15 * time.Second),
			GET("/api/v1/events").Answers(200).By(15 * time.Second),
		},
	}
}
