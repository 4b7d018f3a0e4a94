package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// DependenciesAllDown plays a service that has lost everything it depends on at once.
// Liveness is about the process alone: it must go on saying UP, and fast, or
// Kubernetes restarts a service that is well. Readiness must say what is gone,
// in the form that it always has.
func DependenciesAllDown() Scenario {
	return Scenario{
		ID:       "dependencies-all-down",
		Title:    "Postgres, Redis and the venue-service are all gone at once",
		Section:  "Health Checks",
		Severity: P1,
		Budget:   2 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).
				Showing("status", "UP").Showing("checks.database", "UP").Showing("checks.redis", "UP"),
			GET("/health/live").Answers(200),
			POST("/api/v1/events", before).Answers(201),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Showing("status", "UP").FasterThan(2 * time.Second).Proves("health.endpoints.live"),
			GET("/health/ready").Matching("timestamp", `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$`).Proves("health.manual.timestamp"),
		},

		Fault: Refuse(Everything),
		During: []Expectation{
			GET("/health/ready").Answers(503).By(10 * time.Second).Times(3).Proves("database.symptom.health-failing"),
			GET("/health/ready").NotShowing("status", "UP").By(10 * time.Second).Proves("health.endpoints.ready"),
			GET("/health/ready").NotShowing("checks.database", "UP").By(10 * time.Second).Proves("health.manual.database"),
			GET("/health/ready").NotShowing("checks.redis", "UP").By(10 * time.Second).Proves("health.manual.redis"),
			POST("/api/v1/events", during).Answers(503).By(10 * time.Second),
		},

		// The breaker has opened meanwhile, and waits for its half minute.
		After: []Expectation{
			GET("/health/ready").Answers(200).By(15 * time.Second).Times(3),
			GET("/health/ready").Showing("checks.redis", "UP").By(15 * time.Second),
			POST("/api/v1/events", after).Answers(201).By(45 * time.Second),
		},
	}
}
