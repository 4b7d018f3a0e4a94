package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// PolicyDropped plays "RLS policy violations": the policies are gone while row
// level security stays on, so that nothing is allowed to anybody.
//
// That is a denial and no leak: writes violate, and what was there is not shown.
func PolicyDropped() Scenario {
	return Scenario{
		ID:       "rls-policy-dropped",
		Title:    "the policies are dropped, and nothing is allowed any more",
		Section:  "Tenant Isolation Issues",
		Severity: P1,
		Budget:   2 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(atOnce),
			POST("/api/v1/events", before).Answers(201),
			GET("/api/v1/events?limit=100").Answers(200).Contains("created before the fault"),
			// Where the policies hold nobody back, there is nothing to drop.
			Isolation().Silent().By(atOnce),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			unrefused(),
			// What is hidden is not there for a moment, and no longer.
			GET("/api/v1/events/{event}").Of(before).AnswersOneOf(200, 404).ByContract(),
		},

		Fault: DropPolicies(),
		During: []Expectation{
			POST("/api/v1/events", during).Answers(500).By(atOnce).Times(3).Proves("creation.symptom.500"),
			Log().Mentions("row-level security policy").By(atOnce).Proves("tenant.symptom.policy-violations"),
			// No event at all: the names of all of them begin like this.
			// A long page: in the control arm all of these are made.
			GET("/api/v1/events?limit=100").Answers(200).Lacks("created ").By(atOnce).Proves("creation.symptom.not-appearing"),
		},

		Diagnosis: []Step{Sh("tenant.resolution.policies", psqlPolicies).Shows("(2 rows)").ShowsUnderFault("(1 row)")},

		After: []Expectation{
			GET("/api/v1/events").Answers(200).Contains("created before the fault").By(atOnce),
			GET("/api/v1/events/{event}").Of(before).Answers(200).By(atOnce).ByContract(),
			POST("/api/v1/events", after).Answers(201).By(atOnce),
			Isolation().Silent().By(atOnce).Times(3),
		},
	}
}
