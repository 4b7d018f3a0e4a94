package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// cutAfter lets a connection sign in and do small things, and ends it in the
// middle of a list of big events.
const cutAfter = 12_000 // bytes

// DatabaseTruncated plays "the connection dies in the middle of an answer": a proxy
// or a link that ends connections once so much has passed.
//
// Half a list is no list: the service must say 503 and never show what it got.
// Readiness asks for little and stays well, which is why it is not the only
// thing to look at.
func DatabaseTruncated() Scenario {
	return Scenario{
		ID:       "database-truncated",
		Title:    "connections to Postgres end in the middle of an answer",
		Section:  "Database Connection Issues",
		Severity: P2,
		Budget:   3 * time.Minute,

		Steady: withBigEvents(),

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			// A word for one cause must be absent under its neighbours.
			Log().Lacks("ECONNREFUSED").Proves("database.symptom.econnrefused"),
		},

		Fault: CloseAfterBytes(Postgres, cutAfter),
		During: []Expectation{
			GET("/api/v1/events").Answers(503).By(10 * time.Second).Times(3).Proves("database.symptom.503"),
			GET("/api/v1/venues/{venue}/events").Answers(503).By(10 * time.Second).Times(3).InsteadOf(200),
		},

		After: []Expectation{
			GET("/health/ready").Answers(200).By(15 * time.Second).Times(3),
			GET("/api/v1/events").Answers(200).Contains(string(big)).By(15 * time.Second).Times(3),
			POST("/api/v1/events", after).Answers(201).By(15 * time.Second),
		},
	}
}
