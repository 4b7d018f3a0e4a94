package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// EnvironmentDatabaseURL plays "DATABASE_URL: required": without it, and with
// one that is none, the service must not start, and must say what is wrong.
func EnvironmentDatabaseURL() Scenario {
	return required("environment-database-url", "DATABASE_URL", "env.database-url", "not a URL of a database")
}

// EnvironmentRedisURL plays "REDIS_URL: required".
func EnvironmentRedisURL() Scenario {
	return required("environment-redis-url", "REDIS_URL", "env.redis-url", "http://redis.example:6379")
}

// EnvironmentVenueURL plays "VENUE_SERVICE_URL: required".
func EnvironmentVenueURL() Scenario {
	return required("environment-venue-service-url", "VENUE_SERVICE_URL", "env.venue-service-url", "venue-service:3002")
}

// EnvironmentNodeEnv plays "NODE_ENV: required". What else than production and
// staging it may be, the runbook does not say.
func EnvironmentNodeEnv() Scenario {
	return required("environment-node-env", "NODE_ENV", "env.node-env", "")
}

// required plays one required variable: missing, then malformed where there is
// such a value.
func required(id, variable, claim, malformed string) Scenario {
	s := Scenario{
		ID:       id,
		Title:    variable + " is missing, and the service is started",
		Section:  "Environment Variables",
		Severity: P1,
		Budget:   90 * time.Second,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", before).Answers(201),
			Process().Showing("state", "running"),
		},

		// A log is read and passed on by many ("kubectl logs"): it must hold no
		// password, which the URLs have, and no token, which begins like this.
		Always: []Expectation{
			Log().Lacks("postgres://").Implied(),
			Log().Lacks("eyJ").Implied(),
		},

		Fault:  StartWithout(variable),
		During: refusesToStart(variable, claim),

		After: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second).Times(3),
			Process().Showing("state", "running"),
			GET("/api/v1/events/{event}").Of(before).Answers(200).ByContract(),
			POST("/api/v1/events", after).Answers(201),
		},
	}
	if malformed != "" {
		s.Title = variable + " is missing, then malformed, and the service is started"
		s.Escalates = []Stage{{Fault: StartWith(variable, malformed), During: refusesToStart(variable, "")}}
	}
	return s
}

// refusesToStart is what a service does that lacks something: it ends at once,
// not with 0, and names what it lacks. The runbook says it of what is missing;
// of what is malformed it follows.
func refusesToStart(variable, claim string) []Expectation {
	ends := Process().Showing("state", "exited").NotShowing("exit_code", 0.0)
	says := Process().Showing("state", "exited").Matching("message", variable)
	if claim != "" {
		ends, says = ends.Proves(claim), says.Proves(claim)
	}
	return []Expectation{ends, says}
}
