package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// CreationForbidden plays "500 errors on POST /events" by one real cause: the
// service's role has lost the right to write, as after a migration that was run
// by the wrong owner.
//
// Asking again helps nobody, so this is no 503; what the database said is for
// the log and not for the caller.
func CreationForbidden() Scenario {
	return Scenario{
		ID:       "creation-forbidden",
		Title:    "the service's role may not write any more, and creating fails with 500",
		Section:  "Event Creation Failures",
		Severity: P1,
		Budget:   2 * time.Minute,

		Steady: worksWithDatabase(),

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			GET("/api/v1/events").Answers(200).Implied(),
			unrefused(),
		},

		Fault: RevokeWrites(),
		During: []Expectation{
			POST("/api/v1/events", during).Answers(500).By(atOnce).Times(3).Proves("creation.symptom.500"),
			POST("/api/v1/events", during).Answers(500).Lacks("permission denied").By(atOnce).ByContract(),
			Log().Mentions("permission denied").By(atOnce),
		},

		After: worksAsBefore(),
	}
}
