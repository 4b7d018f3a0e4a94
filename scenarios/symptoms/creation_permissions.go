package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
)

// CreationPermissions plays "verify user permissions": who has no role that
// may write is refused with 403 and reads all the same; who has no token that
// somebody vouches for is nobody, whatever the token says of roles.
func CreationPermissions() Scenario {
	const roles, users = "creation.resolution.permissions", "creation.resolution.user-permissions"
	steady := []Expectation{
		GET("/health/ready").Answers(200).By(10 * time.Second),
		POST("/api/v1/events", before).Answers(201).Proves(roles, users),

		GET("/api/v1/events").As(AReader).Answers(200).Contains(string(before)).Proves(roles),
		POST("/api/v1/events", refused).As(AReader).Answers(403).Proves(roles, users),
		PUT("/api/v1/events/{event}", refused).Of(before).IfMatch("*").As(AReader).Answers(403).Proves(roles),
		POST("/api/v1/events/{event}/cancel", "").Of(before).As(AReader).Answers(403).Proves(roles),
	}
	for _, nobody := range []Caller{Anonymous, Expired, Forged, Unsigned, WrongAudience, WrongIssuer} {
		steady = append(steady,
			POST("/api/v1/events", refused).As(nobody).Answers(401).WithHeader("Www-Authenticate").ByContract(),
			GET("/api/v1/events").As(nobody).Answers(401).Lacks(string(before)).ByContract(),
		)
	}
	return Scenario{
		ID:       "creation-permissions",
		Title:    "callers without the role, and callers without a token to believe",
		Section:  "Event Creation Failures",
		Severity: P3,
		Budget:   3 * time.Minute,
		Also:     []Property{Subjects},

		Steady: append(steady,
			GET("/api/v1/events").Answers(200).Contains(string(before)).Lacks(string(refused)).Implied(),
		),
	}
}
