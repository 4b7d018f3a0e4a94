package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// DatabaseStopped plays "database down": Postgres itself is shut down, so that
// open sessions are ended with a word (57P01) and the port refuses new ones.
func DatabaseStopped() Scenario {
	return Scenario{
		ID:       "database-stopped",
		Title:    "Postgres is shut down and started again",
		Section:  "Database Connection Issues",
		Severity: P1,
		Budget:   2 * time.Minute,

		Steady: append(worksWithDatabase(), changeable()...),

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			// Down, not broken: no caller is told that it is the service's own fault.
			GET("/api/v1/events").AnswersOneOf(200, 503, 504).Implied(),
		},

		Fault: Stop(Postgres),
		During: append([]Expectation{
			GET("/health/ready").Answers(503).By(atOnce).Times(3).Proves("database.symptom.health-failing"),
			GET("/health/ready").NotShowing("checks.database", "UP").By(atOnce).Proves("database.resolution.pool-status"),
			POST("/api/v1/events", during).Answers(503).Lacks(venueService).By(atOnce).Times(3).Proves("database.symptom.503"),
			Log().Contains("ECONNREFUSED").By(atOnce).Proves("database.symptom.econnrefused"),
		}, changesFail(503)...),

		Diagnosis: reachable(),

		After: worksAsBefore(),
	}
}
