package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// DatabaseLocked plays a transaction that somebody has left open: its session
// idles, holds a lock on the events, and whoever wants them waits.
//
// Step 4 of the section looks for statements that are active: it shows those
// that wait, never the session that they wait for. What it answers is recorded.
func DatabaseLocked() Scenario {
	return Scenario{
		ID:       "database-locked",
		Title:    "an idle transaction holds the events, and every statement waits",
		Section:  "High Latency",
		Severity: P2,
		Budget:   2 * time.Minute,

		Steady: worksWithDatabase(),

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			// The database is well, and says so when it is asked.
			GET("/health/ready").Answers(200).Implied(),
			unrefused(),
		},

		Fault: LockTable(),
		During: []Expectation{
			GET("/api/v1/events").Answers(504).FasterThan(neverHangs).By(inTime).Proves("latency.symptom.504"),
			POST("/api/v1/events", during).AnswersOneOf(503, 504).FasterThan(neverHangs).By(inTime).Times(2),
			Log().Mentions("database").Mentions("timeout").By(inTime).Proves("latency.symptom.timeout-errors"),
		},

		Diagnosis: []Step{Sh("database.resolution.long-queries", psqlLongQueries).Shows("(0 rows)").OfAnotherFault()},

		After: worksAsBefore(),
	}
}
