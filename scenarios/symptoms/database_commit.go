package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// DatabaseCommitLost plays the worst moment for a connection to die: Postgres
// has committed, and the service never hears it.
//
// Nobody can tell the caller that the event was created or changed, nor that it
// was not. The service must say 503 and leave it at that: one that tries again
// by itself makes a second event, or meets the change that it has made and
// calls it refused. The caller who asks again with the same Idempotency-Key
// afterwards must find the first event; the audit does. What is only read is in
// no doubt.
func DatabaseCommitLost() Scenario {
	return Scenario{
		ID:       "database-commit-lost",
		Title:    "the connection ends between a commit and its answer",
		Section:  "Database Connection Issues",
		Severity: P1,
		Budget:   2 * time.Minute,

		Steady: append(worksWithDatabase(), changeable()...),

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			GET("/api/v1/events/{event}").Of(before).Answers(200).Contains(string(before)).Implied(),
			unrefused(),
		},

		Fault: DropCommitAck(),
		During: append([]Expectation{
			POST("/api/v1/events", during).Answers(503).Lacks(venueService).By(inTime).Times(3).Proves("database.symptom.503"),
		}, changesFail(503)...),

		After: worksAsBefore(),
	}
}
