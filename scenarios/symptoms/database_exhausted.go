package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// crowdRate exhausts a pool whose connections are each held until a deadline.
// The reference's ten are held for three seconds, so that three requests in a
// second get one; half of the load needs none, and of the rest four in five go
// without.
const crowdRate = 30

// DatabasePoolExhausted plays "if pool exhausted": statements wait for a lock,
// each with a connection in its hands, and more requests come than there are.
//
// Who gets no connection is told so soon, instead of waiting for good; the
// database itself is well.
func DatabasePoolExhausted() Scenario {
	return Scenario{
		ID:       "database-pool-exhausted",
		Title:    "all connections of the pool wait for a lock",
		Section:  "Database Connection Issues",
		Severity: P1,
		Budget:   2 * time.Minute,

		Load:   Load{Rate: crowdRate},
		Steady: append(worksWithDatabase(), GET("/health/ready").Showing("checks.pool.status", "OK").Implied()),

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			unrefused(),
		},

		Fault: LockTable(),
		During: []Expectation{
			GET("/health/ready").NotShowing("checks.pool.status", "OK").By(inTime).Implied(),
			POST("/api/v1/events", during).Answers(503).Lacks(venueService).FasterThan(neverHangs).By(inTime).Proves("database.symptom.503"),
			GET("/api/v1/events").AnswersOneOf(503, 504).FasterThan(neverHangs).By(inTime).Times(2),
		},

		After: append(worksAsBefore(), GET("/health/ready").Showing("checks.pool.status", "OK").By(inTime).Implied()),
	}
}
