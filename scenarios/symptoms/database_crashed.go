package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// DatabaseCrashed plays "Database Recovery": Postgres is killed under load, the
// moment a write is acknowledged, and replays its log when it is started again.
//
// The service comes back by itself, what it had acknowledged has survived, and
// the integrity check finds nothing.
func DatabaseCrashed() Scenario {
	return Scenario{
		ID:       "database-crashed",
		Title:    "Postgres crashes and recovers",
		Section:  "Database Recovery",
		Severity: P1,
		Budget:   2 * time.Minute,

		Steady: worksWithDatabase(),

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			GET("/api/v1/events").AnswersOneOf(200, 503, 504).Implied(),
		},

		Fault: CrashServer(Postgres),
		During: []Expectation{
			GET("/health/ready").Answers(503).By(atOnce).Times(3).Proves("database.symptom.health-failing"),
			POST("/api/v1/events", during).Answers(503).Lacks(venueService).By(atOnce).Times(3).Proves("database.symptom.503"),
		},

		Diagnosis: []Step{
			Sh("recovery.database.connectivity", psqlOne).Shows("(1 row)"),
			// The table lets no such row in, so a sound recovery reads like none at all.
			Sh("recovery.database.integrity", psqlIntegrity).Shows("(0 rows)"),
		},

		After: worksAsBefore(),
	}
}
