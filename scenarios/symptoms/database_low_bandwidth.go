package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// What a narrow way lets through: one small event in a third of a second, a list
// of big ones in thirteen, which is more than any request may take
// (noAnswerIsLonger). Slices make it twelve seconds.
const (
	bandwidth  = 3_000 // bytes a second
	sliceBytes = 1_000
	slicePause = 300 * time.Millisecond
)

// DatabaseLowBandwidth plays "big answers take for ever": the way to Postgres is
// narrow, then it delivers piece by piece. Small questions are answered as ever.
//
// A list that cannot come in time must end in 504 by the service's own
// deadline; whoever asks for little must not wait behind it.
func DatabaseLowBandwidth() Scenario {
	return Scenario{
		ID:       "database-low-bandwidth",
		Title:    "big answers of Postgres trickle in",
		Section:  "High Latency",
		Severity: P2,
		Budget:   4 * time.Minute,

		Steady: withBigEvents(),

		Always: []Expectation{
			GET("/health/live").Answers(200).FasterThan(2 * time.Second).Implied(),
			GET("/health/ready").Answers(200).Implied(),
			GET("/api/v1/events/{event}").Of(before).Answers(200).FasterThan(noAnswerIsLonger).Implied(),
			Log().Lacks("ECONNREFUSED").Proves("database.symptom.econnrefused"),
		},

		// Each list keeps a connection until its deadline; more of them would
		// leave none for whoever asks for little.
		Load:  Load{Rate: 2},
		Fault: LimitBandwidth(Postgres, bandwidth),
		During: []Expectation{
			GET("/api/v1/events").Answers(504).FasterThan(noAnswerIsLonger).By(25 * time.Second).Times(2).Proves("latency.symptom.504"),
			Log().Mentions("database").Mentions("timeout").By(20 * time.Second).Proves("latency.symptom.timeout-errors"),
		},

		Escalates: []Stage{{
			Fault: SliceResponses(Postgres, sliceBytes, slicePause),
			During: []Expectation{
				GET("/api/v1/events").Answers(504).FasterThan(noAnswerIsLonger).By(25 * time.Second).Proves("latency.symptom.504"),
			},
		}},

		After: []Expectation{
			GET("/health/ready").Answers(200).By(15 * time.Second).Times(3),
			GET("/api/v1/events").Answers(200).Contains(string(big)).FasterThan(time.Second).By(30 * time.Second).Times(3),
			POST("/api/v1/events", after).Answers(201).By(15 * time.Second),
		},
	}
}
