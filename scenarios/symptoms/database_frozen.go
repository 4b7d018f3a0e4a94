package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// DatabaseFrozen plays a Postgres whose processes all stand still, as on a disk
// that hangs: connections stay open, new ones are accepted, nothing answers.
//
// Only the service's own deadlines can end a request, and nothing is refused.
func DatabaseFrozen() Scenario {
	return Scenario{
		ID:       "database-frozen",
		Title:    "Postgres stands still and answers nothing",
		Section:  "Database Connection Issues",
		Severity: P1,
		Budget:   2 * time.Minute,

		Steady: append(worksWithDatabase(), changeable()...),

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			unrefused(),
		},

		Fault: Freeze(Postgres),
		During: append([]Expectation{
			GET("/health/ready").Answers(503).By(inTime).Times(3).Proves("database.symptom.health-failing"),
			GET("/health/ready").NotShowing("checks.database", "UP").By(inTime).Proves("database.resolution.pool-status"),
			// 504 for who waited for an answer, 503 for who waited for a connection.
			POST("/api/v1/events", during).AnswersOneOf(503, 504).FasterThan(neverHangs).By(inTime).Times(2),
			GET("/api/v1/events").AnswersOneOf(503, 504).FasterThan(neverHangs).By(inTime).Times(2),
			Log().Mentions("database").Mentions("timeout").By(inTime).Proves("latency.symptom.timeout-errors"),
		}, changesFail(503, 504)...),

		After: worksAsBefore(),
	}
}
