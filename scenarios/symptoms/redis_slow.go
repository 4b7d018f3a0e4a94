package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// redisTooSlow is what a copy may not take: a database answers sooner.
const redisTooSlow = 1500 * time.Millisecond

// RedisSlow plays "Redis answers late". What it says is right, and comes when
// nobody waits for it any more: an answer that is taken for that of the next
// question would be another event, or another tenant's.
//
// The service must go to Postgres within a deadline of its own, say that Redis
// is not well, and use it again afterwards.
func RedisSlow() Scenario {
	return Scenario{
		ID:       "redis-slow",
		Title:    "Redis answers late",
		Section:  "High Latency",
		Severity: P2,
		Budget:   2 * time.Minute,
		Also:     []Property{Replicas},

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Showing("checks.redis", "UP"),
			POST("/api/v1/events", before).Answers(201),
			POST("/api/v1/events", before).As(OtherTenant).Answers(201),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			// A service that works without Redis must get its requests.
			GET("/health/ready").Answers(200).FasterThan(promptEnough).Implied(),
			// Sooner than Redis answers even once, so not with its help.
			GET("/api/v1/events/{event}").Of(before).Answers(200).Contains(string(before)).FasterThan(redisTooSlow).Implied(),
			GET("/api/v1/venues/{venue}/events").Answers(200).FasterThan(redisTooSlow).Implied(),
			Isolation().Silent().Implied(),
			Log().Lacks("ECONNREFUSED").Proves("database.symptom.econnrefused"),
		},

		Fault: Slow(Redis, redisTooSlow),
		During: []Expectation{
			GET("/health/ready").Answers(200).NotShowing("checks.redis", "UP").By(10 * time.Second).Times(2),
		},

		After: []Expectation{
			GET("/health/ready").Answers(200).Showing("checks.redis", "UP").By(15 * time.Second).Times(3),
			POST("/api/v1/events", after).Answers(201).By(10 * time.Second),
			// Redis is asked again: an event is kept there once more.
			Cache("event:*").AfterReading("/api/v1/events/{event}").Of(before).Contains(string(before)).By(cacheFills),
		},
	}
}
