package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// SolanaDown plays the loss of the one dependency that the runbook expects
// only best effort of ("External Dependencies"): the Solana RPC node is gone,
// so that whoever waited for it would wait long. Events are published as ever.
func SolanaDown() Scenario {
	const bestEffort = "contacts.external.solana"
	return Scenario{
		ID:       "solana-down",
		Title:    "the Solana RPC node is gone while events are published",
		Section:  "External Dependencies",
		Severity: P4,
		Budget:   90 * time.Second,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", before).Answers(201),
			POST("/api/v1/events/{event}/publish", "").Of(before).Answers(200),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			GET("/health/ready").Answers(200).Showing("status", "UP").Proves(bestEffort),
			GET("/api/v1/events").Answers(200).Implied(),
		},

		Fault: BlackHole(Solana),
		During: []Expectation{
			POST("/api/v1/events", during).Answers(201).Undisturbed().By(10 * time.Second).Proves(bestEffort),
			POST("/api/v1/events/{event}/publish", "").Of(during).Answers(200).FasterThan(2 * time.Second).AtOnce().
				Undisturbed().By(15 * time.Second).Proves(bestEffort),
			Log().Contains("solana-rpc").By(20 * time.Second).Inferred(),
		},

		After: []Expectation{
			POST("/api/v1/events", after).Answers(201).By(10 * time.Second),
			POST("/api/v1/events/{event}/publish", "").Of(after).Answers(200).By(10 * time.Second).Proves(bestEffort),
		},
	}
}
