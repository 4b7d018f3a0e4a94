package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// IdentityDown plays an identity provider that cannot be reached. Tokens of
// keys that are known go on being believed; only a token of a key that nobody
// can be asked about waits for its return.
func IdentityDown() Scenario {
	return Scenario{
		ID:       "identity-down",
		Title:    "the identity provider is gone",
		Section:  "Event Creation Failures",
		Severity: P2,
		Budget:   90 * time.Second,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", before).Answers(201),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			GET("/health/ready").Answers(200).Showing("status", "UP").Proves("health.endpoints.ready"),
			GET("/api/v1/events").Answers(200).Implied(),
		},

		Fault: Refuse(Identity),
		During: []Expectation{
			POST("/api/v1/events", during).Answers(201).Undisturbed().By(10 * time.Second).Times(3).Implied(),
			// Not 401: the caller's token may be as good as any.
			GET("/api/v1/events").As(NewKey).Answers(503).InsteadOf(401).By(10 * time.Second).Inferred(),
		},

		After: []Expectation{
			POST("/api/v1/events", after).Answers(201).By(10 * time.Second),
			GET("/api/v1/events").As(NewKey).Answers(401).RefusedLater("the provider is not asked again at once", 503).By(10 * time.Second),
		},
	}
}
