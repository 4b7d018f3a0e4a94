package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// DatabaseBackendsKilled plays sessions that are ended faster than a pool can
// replace them, as by a pooler that restarts in a loop.
//
// The server accepts every login, so nothing is refused; some requests still
// get through, so each sees its own fate.
func DatabaseBackendsKilled() Scenario {
	return Scenario{
		ID:       "database-backends-killed",
		Title:    "Postgres ends the service's sessions again and again",
		Section:  "Database Connection Issues",
		Severity: P2,
		Budget:   2 * time.Minute,

		Steady: worksWithDatabase(),

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			GET("/api/v1/events").AnswersOneOf(200, 503, 504).Implied(),
			unrefused(),
		},

		Fault: KillBackends(),
		During: []Expectation{
			POST("/api/v1/events", during).Answers(503).Lacks(venueService).By(inTime).Proves("database.symptom.503"),
		},

		After: worksAsBefore(),
	}
}
