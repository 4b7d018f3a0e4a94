package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// DatabaseLongQuery plays the cause that step 4 looks for: a statement that has
// run for more than a minute, in the service's own role, while writes wait for
// its lock. Reads need none and go on.
//
// It lasts that minute: nothing can have been started in the past.
func DatabaseLongQuery() Scenario {
	return Scenario{
		ID:       "database-long-query",
		Title:    "a statement runs for more than a minute, and writes wait for it",
		Section:  "Database Connection Issues",
		Severity: P2,
		Budget:   4 * time.Minute,

		Steady: worksWithDatabase(),

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			GET("/health/ready").Answers(200).Implied(),
			unrefused(),
		},

		Fault: RunLongQuery(),
		During: []Expectation{
			POST("/api/v1/events", during).Answers(504).FasterThan(neverHangs).By(inTime).Times(2).Proves("latency.symptom.504"),
			Log().Mentions("database").Mentions("timeout").By(inTime).Proves("latency.symptom.timeout-errors"),
		},

		Diagnosis: []Step{Sh("database.resolution.long-queries", psqlLongQueries).Shows("(0 rows)").ShowsUnderFault("pg_sleep")},

		After: worksAsBefore(),
	}
}
