package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// DatabaseReadOnly plays the morning after a failover: the server that the
// service is connected to only reads, in sessions that are open as well.
//
// Writes are refused for a while and not for good, and what is read goes on.
func DatabaseReadOnly() Scenario {
	return Scenario{
		ID:       "database-read-only",
		Title:    "Postgres only reads, as after a failover",
		Section:  "Database Connection Issues",
		Severity: P1,
		Budget:   2 * time.Minute,

		Steady: worksWithDatabase(),

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			GET("/api/v1/events").Answers(200).Implied(),
			unrefused(),
		},

		Fault: ReadOnlyDatabase(),
		During: []Expectation{
			POST("/api/v1/events", during).Answers(503).Lacks(venueService).By(atOnce).Times(3).Proves("database.symptom.503"),
			POST("/api/v1/events/{event}/publish", "").Of(before).Answers(503).InsteadOf(200).By(atOnce),
		},

		After: worksAsBefore(),
	}
}
