package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// DatabaseBlackhole plays "Postgres is lost without a refusal": packets vanish, as
// when its host is gone, so that only the service's own deadlines end anything.
//
// It must answer 504 in time, fail its health check, and not say that anybody
// has refused.
func DatabaseBlackhole() Scenario {
	return Scenario{
		ID:       "database-blackhole",
		Title:    "Postgres swallows every byte",
		Section:  "Database Connection Issues",
		Severity: P1,
		Budget:   3 * time.Minute,
		Also:     []Property{Outage},

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Showing("checks.database", "UP"),
			POST("/api/v1/events", before).Answers(201),
			GET("/api/v1/events").Answers(200),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).FasterThan(2 * time.Second).Implied(),
			// A word for one cause must be absent under its neighbours.
			Log().Lacks("ECONNREFUSED").Proves("database.symptom.econnrefused"),
		},

		// Each request keeps a connection until its deadline; more of them
		// would wait for one, and be refused for that.
		Load:  Load{Rate: 2},
		Fault: BlackHole(Postgres),
		During: []Expectation{
			GET("/health/ready").Answers(503).By(15 * time.Second).Times(3).Proves("database.symptom.health-failing"),
			GET("/health/ready").NotShowing("checks.database", "UP").By(10 * time.Second).Proves("database.resolution.pool-status"),
			// A hang is no answer: each must come in time.
			GET("/api/v1/events").Answers(504).FasterThan(noAnswerIsLonger).By(25 * time.Second).Times(2).Proves("latency.symptom.504"),
			POST("/api/v1/events", during).AnswersOneOf(503, 504).FasterThan(noAnswerIsLonger).By(25 * time.Second).Times(2),
			Log().Mentions("database").Mentions("timeout").By(20 * time.Second).Proves("latency.symptom.timeout-errors"),
		},

		After: []Expectation{
			GET("/health/ready").Answers(200).By(30 * time.Second).Times(3),
			POST("/api/v1/events", after).Answers(201).By(30 * time.Second),
			GET("/api/v1/events").Answers(200).By(30 * time.Second),
		},
	}
}
