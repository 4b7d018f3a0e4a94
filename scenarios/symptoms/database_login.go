package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// DatabasePasswordRotated plays a password that was rotated in the database, and
// not in the service's environment.
func DatabasePasswordRotated() Scenario {
	return loginRefused("database-password-rotated", "Postgres has another password for the service", RefuseLogin("28P01"))
}

// DatabaseLoginRevoked plays a role that was locked by an administrator.
func DatabaseLoginRevoked() Scenario {
	return loginRefused("database-login-revoked", "the service's role may not log in to Postgres", RefuseLogin("28000"))
}

// DatabaseClosed plays a database that is closed for a restore.
func DatabaseClosed() Scenario {
	return loginRefused("database-closed", "the service's database accepts no connections", RefuseLogin("55000"))
}

// loginRefused is a server that is there and lets the service not in. It is as
// good as gone, whatever the reason, and the reason is one for the log: no caller
// is told that the service itself is broken, or that its own token is.
func loginRefused(id, title string, how Fault) Scenario {
	return Scenario{
		ID:       id,
		Title:    title,
		Section:  "Database Connection Issues",
		Severity: P1,
		Budget:   2 * time.Minute,

		Steady: append(worksWithDatabase(), changeable()...),

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			GET("/api/v1/events").AnswersOneOf(200, 503).Implied(),
			unrefused(),
		},

		Fault: how,
		During: append([]Expectation{
			GET("/health/ready").Answers(503).By(atOnce).Times(3).Proves("database.symptom.health-failing"),
			GET("/health/ready").NotShowing("checks.database", "UP").By(atOnce).Proves("database.resolution.pool-status"),
			POST("/api/v1/events", during).Answers(503).Lacks(venueService).By(atOnce).Times(3).Proves("database.symptom.503"),
			POST("/api/v1/events", during).Answers(503).WithHeader("Retry-After").By(atOnce).Inferred(),
			Log().Mentions("database unavailable").By(atOnce).Implied(),
		}, changesFail(503)...),

		After: worksAsBefore(),
	}
}
