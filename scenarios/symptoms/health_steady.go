package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
)

// HealthSteady plays "nothing is wrong": both health endpoints answer as the
// runbook prints them. It has no fault; what proves it is the stack's own
// proof, made without the service.
func HealthSteady() Scenario {
	return Scenario{
		ID:       "health-steady",
		Title:    "a healthy service says so, field by field",
		Section:  "Health Checks",
		Severity: P3,
		Budget:   time.Minute,
		Also:     []Property{Resources},

		Steady: []Expectation{
			// In a row: a readiness that comes and goes is none.
			GET("/health/ready").Answers(200).By(10*time.Second).Showing("status", "UP").Times(3).Proves("health.endpoints.ready"),
			GET("/health/live").Answers(200).Showing("status", "UP").Proves("health.endpoints.live"),

			// The block under "Manual Health Check", one field at a time.
			GET("/health/ready").Showing("service", "event-service").Proves("health.manual.service"),
			GET("/health/ready").Matching("version", `^\d+\.\d+\.\d+$`).Proves("health.manual.version"),
			GET("/health/ready").Matching("timestamp", `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$`).Proves("health.manual.timestamp"),
			GET("/health/ready").Showing("checks.database", "UP").Proves("health.manual.database"),
			GET("/health/ready").Showing("checks.redis", "UP").Proves("health.manual.redis"),
			GET("/health/ready").Showing("checks.memory", "OK").Proves("health.manual.memory"),
			GET("/health/ready").Showing("checks.diskSpace", "OK").Proves("health.manual.disk"),

			// A service that is well also works.
			POST("/api/v1/events", before).Answers(201),
			GET("/api/v1/events").Answers(200),
		},
	}
}
