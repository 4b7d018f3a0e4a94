package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// RedisFull plays "Redis has no memory left": it answers, and refuses every
// write; what it holds can be read and deleted.
//
// What cannot be kept is not kept, and nothing else changes. A change must be
// seen all the same: a copy of what was before may not outlive it.
func RedisFull() Scenario {
	return redisTakesNoWrites("redis-full", "Redis has no memory left and refuses writes", FillRedis(), "OOM")
}

// RedisReadOnly plays a failover that the service has not noticed: Redis is a
// replica now, answers reads and refuses writes and deletes.
func RedisReadOnly() Scenario {
	return redisTakesNoWrites("redis-read-only", "Redis is a replica after a failover and refuses writes", MakeRedisReplica(), "READONLY")
}

// redisTakesNoWrites is what both have in common; the log has Redis' own word
// for the refusal.
func redisTakesNoWrites(id, title string, fault Fault, word string) Scenario {
	return Scenario{
		ID:       id,
		Title:    title,
		Section:  "Cache Invalidation",
		Severity: P3,
		Budget:   3 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Showing("checks.redis", "UP"),
			POST("/api/v1/events", before).Answers(201),
			POST("/api/v1/events", otherTenants).As(OtherTenant).Answers(201),
			POST("/api/v1/events", changed).As(OtherTenant).Answers(201),
			// What is cached before is still there to be read.
			Cache("event:*").AfterReading("/api/v1/events/{event}").Of(before).Contains(string(before)).By(cacheFills).Proves("recovery.cache.event"),
			changedIsCached(),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			GET("/health/ready").Answers(200).Implied(),
			GET("/api/v1/events/{event}").Of(before).Answers(200).Contains(string(before)).Implied(),
			GET("/api/v1/events/{event}").Of(otherTenants).As(OtherTenant).Answers(200).Contains(string(otherTenants)).Implied(),
			GET("/api/v1/venues/{venue}/events").Answers(200).FasterThan(promptEnough).Implied(),
			Log().Lacks("ECONNREFUSED").Implied(),
		},

		Fault: fault,
		During: []Expectation{
			Log().Contains(word).By(10 * time.Second).Inferred(),
			change(),
			changeIsShown().Since("changed", 0),
		},

		After: []Expectation{
			changeIsShown(),
			GET("/health/ready").Answers(200).Showing("checks.redis", "UP").By(15 * time.Second).Times(3),
			POST("/api/v1/events", after).Answers(201),
			// Writes are tried again: what is read now is kept.
			Cache("event:*").AfterReading("/api/v1/events/{event}").Of(after).Contains(string(after)).By(cacheFills).Proves("recovery.cache.event"),
		},
	}
}
