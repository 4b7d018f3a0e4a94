package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// DatabaseRefused plays "the event-service cannot reach Postgres": connections
// are refused, as when the primary is down and nothing listens on its port.
//
// The service must say so (readiness, log), refuse writes honestly and fast,
// stay alive, and come back by itself.
func DatabaseRefused() Scenario {
	return Scenario{
		ID:       "database-refused",
		Title:    "Postgres is gone and its port refuses connections",
		Section:  "Database Connection Issues",
		Severity: P1,
		Budget:   4 * time.Minute,
		Also:     []Property{Outage},

		Fault: Refuse(Postgres),

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Showing("checks.database", "UP"),
			POST("/api/v1/events", before).Answers(201),
			GET("/api/v1/events").Answers(200),
		},

		// A refused database is no reason to be restarted.
		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
		},

		During: []Expectation{
			GET("/health/ready").Answers(503).By(5 * time.Second).Times(3).Proves("database.symptom.health-failing"),
			GET("/health/ready").NotShowing("checks.database", "UP").Proves("database.resolution.pool-status"),

			// Refused, not lost: a hang, a 500 or a false 201 each break the promise.
			POST("/api/v1/events", during).Answers(503).Lacks(venueService).Proves("database.symptom.503"),
			GET("/api/v1/events").Answers(503),

			// The runbook does not promise these two; good practice does.
			POST("/api/v1/events", during).Answers(503).WithHeader("Retry-After").Inferred(),
			POST("/api/v1/events", during).Answers(503).FasterThan(time.Second).Inferred(),

			Log().Contains("ECONNREFUSED").By(5 * time.Second).Proves("database.symptom.econnrefused"),
			// Others refuse connections too, and the log has the same word then.
			Log().Mentions("ECONNREFUSED").Mentions("database unavailable").By(5 * time.Second).Proves("database.symptom.names-database"),
		},

		Diagnosis: []Step{
			Sh("database.resolution.connectivity", `psql -h $DB_HOST -U $DB_USER -d event_service -c "SELECT 1;"`).Shows("(1 row)"),
			Sh("database.resolution.pool-status", `curl http://localhost:3003/health/ready | jq '.checks.database'`).Shows(`"UP"`).ShowsUnderFault(`"DOWN"`),
			Sh("recovery.database.connectivity", `psql -h $DB_HOST -U $DB_USER -d event_service -c "SELECT 1;"`).Shows("(1 row)"),
		},

		// "If database issue: check connection pool, restart service": the general cure.
		Remedy: []Remedy{Restart("incident.mitigate.database")},

		After: []Expectation{
			GET("/health/ready").Answers(200).By(15 * time.Second).Times(3),
			POST("/api/v1/events", after).Answers(201).By(15 * time.Second),
			GET("/api/v1/events").Answers(200).By(15 * time.Second),
		},
	}
}
