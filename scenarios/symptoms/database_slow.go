package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// The two delays of a slow database. By the first a read takes more than the
// second that the runbook names and less than any service's deadline; the
// second, per round trip, is longer than any answer may take, so that only the
// service's own deadline can end a request.
const (
	slowRead         = 1400 * time.Millisecond
	hopelessLatency  = 4 * time.Second
	noAnswerIsLonger = 10 * time.Second
)

// DatabaseSlow plays "response times go up" by a Postgres that answers late,
// first a little, then beyond any use.
//
// The answers must become slow but stay answers; then the service must keep
// its own deadline and say 504, never hang, and stay alive all along.
func DatabaseSlow() Scenario {
	return Scenario{
		ID:       "database-slow",
		Title:    "Postgres answers late, then too late",
		Section:  "High Latency",
		Severity: P2,
		Budget:   5 * time.Minute,
		Also:     []Property{Outage},

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", before).Answers(201),
			GET("/api/v1/events").Answers(200).FasterThan(time.Second),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).FasterThan(2 * time.Second).Implied(),
		},

		// Slow answers keep connections for long; more load would wait for one.
		Load:  Load{Rate: 2},
		Fault: SlowReads(Postgres, slowRead),
		During: []Expectation{
			GET("/api/v1/events").Answers(200).SlowerThan(time.Second).By(20 * time.Second).Times(2).Proves("latency.symptom.over-1s"),
		},

		Escalates: []Stage{{
			Fault: Slow(Postgres, hopelessLatency),
			During: []Expectation{
				GET("/api/v1/events").Answers(504).FasterThan(noAnswerIsLonger).By(25 * time.Second).Proves("latency.symptom.504"),
				// A hang is no answer: each of three in a row must come in time, be it
				// that others had to wait so long as well and left no connection.
				GET("/api/v1/events").AnswersOneOf(503, 504).FasterThan(noAnswerIsLonger).By(25 * time.Second).Times(3),
				POST("/api/v1/events", during).Answers(504).FasterThan(noAnswerIsLonger).By(20 * time.Second),
				Log().Mentions("database").Mentions("timeout").By(20 * time.Second).Proves("latency.symptom.timeout-errors"),
			},
		}},

		// Step 3: "scale if needed".
		Remedy: []Remedy{Scale("latency.resolution.scale", 4)},

		After: []Expectation{
			GET("/health/ready").Answers(200).By(30 * time.Second).Times(3),
			GET("/api/v1/events").Answers(200).FasterThan(time.Second).By(30 * time.Second).Times(3),
			POST("/api/v1/events", after).Answers(201).By(30 * time.Second),
		},
	}
}
