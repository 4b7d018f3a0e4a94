package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// EnvironmentNone plays a deployment that was given no environment at all: all
// four required variables are missing.
//
// The service must name them all at once; else they come to light one at a
// time, each with a deployment of its own.
func EnvironmentNone() Scenario {
	return Scenario{
		ID:       "environment-none",
		Title:    "all required variables are missing and the service is started",
		Section:  "Environment Variables",
		Severity: P1,
		Budget:   time.Minute,

		Also: []Property{Dependencies, Settings},

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second),
			Process().Showing("state", "running"),
		},

		Fault: StartWithout("DATABASE_URL", "REDIS_URL", "VENUE_SERVICE_URL", "NODE_ENV"),
		During: []Expectation{
			Process().Showing("state", "exited").NotShowing("exit_code", 0.0),
			Process().Showing("state", "exited").Matching("message", "DATABASE_URL").Proves("env.database-url"),
			Process().Showing("state", "exited").Matching("message", "REDIS_URL").Proves("env.redis-url"),
			Process().Showing("state", "exited").Matching("message", "VENUE_SERVICE_URL").Proves("env.venue-service-url"),
			Process().Showing("state", "exited").Matching("message", "NODE_ENV").Proves("env.node-env"),
		},

		After: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second).Times(3),
			POST("/api/v1/events", after).Answers(201),
		},
	}
}
