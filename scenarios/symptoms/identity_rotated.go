package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// keysAreKept is why a key that was withdrawn may be believed for a while.
const keysAreKept = "known keys are believed until they are asked for again"

// IdentityRotated plays a rotation of the keys that tokens are signed with, as
// after one was stolen: from one moment to the next there is a new key, and
// the old one is withdrawn. The service must follow without a restart, in both
// directions, and be ready all along.
func IdentityRotated() Scenario {
	return Scenario{
		ID:       "identity-rotated",
		Title:    "the identity provider replaces its keys",
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
		},

		Fault: RotateKeys(),
		During: []Expectation{
			POST("/api/v1/events", during).As(NewKey).Answers(201).InsteadOf(401).By(10 * time.Second).Times(3).Implied(),
			GET("/api/v1/events").As(NewKey).Answers(200).InsteadOf(401).By(10 * time.Second).Times(3).Implied(),
			GET("/api/v1/events").As(OldKey).Answers(401).InsteadOf(200).RefusedLater(keysAreKept, 200).By(10 * time.Second).Times(3).Implied(),
		},

		After: []Expectation{
			POST("/api/v1/events", after).Answers(201).By(10 * time.Second).Times(3),
			GET("/api/v1/events").As(NewKey).Answers(401).RefusedLater(keysAreKept, 200).By(10 * time.Second).Times(3).Implied(),
		},
	}
}
