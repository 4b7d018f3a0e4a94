package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// DatabaseConnectionsExhausted plays a Postgres whose connections are all taken by others: it
// answers every login with "too many clients" (53300), and refuses none.
func DatabaseConnectionsExhausted() Scenario {
	return Scenario{
		ID:       "database-connections-exhausted",
		Title:    "others have taken all connections of Postgres",
		Section:  "Database Connection Issues",
		Severity: P1,
		Budget:   2 * time.Minute,

		Steady: worksWithDatabase(),

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			GET("/api/v1/events").AnswersOneOf(200, 503, 504).Implied(),
			unrefused(),
		},

		Fault: FillServer(),
		During: []Expectation{
			GET("/health/ready").Answers(503).By(atOnce).Times(3).Proves("database.symptom.health-failing"),
			POST("/api/v1/events", during).Answers(503).Lacks(venueService).By(atOnce).Times(3).Proves("database.symptom.503"),
			GET("/api/v1/events").Answers(503).By(atOnce).Times(3),
		},

		Diagnosis: reachable(),

		After: worksAsBefore(),
	}
}
