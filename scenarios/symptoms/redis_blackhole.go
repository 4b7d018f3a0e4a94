package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// promptEnough is the time in which a request is answered that could wait for
// a Redis that says nothing: more than a machine that is busy needs, less than
// the several seconds that a client of Redis waits by default.
const promptEnough = 2 * time.Second

// RedisBlackhole plays "Redis is lost without a refusal": its host is gone, so
// that nothing answers.
//
// A request may not wait for a copy longer than for the original: everything
// is answered as before and in time, and the log names no refusal.
func RedisBlackhole() Scenario {
	return Scenario{
		ID:       "redis-blackhole",
		Title:    "Redis swallows every byte",
		Section:  "High Latency",
		Severity: P2,
		Budget:   2 * time.Minute,
		Also:     []Property{Replicas, Outage},

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Showing("checks.redis", "UP").Proves("health.manual.redis"),
			POST("/api/v1/events", before).Answers(201),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			GET("/health/ready").Answers(200).Implied(),
			GET("/api/v1/events/{event}").Of(before).Answers(200).Contains(string(before)).FasterThan(promptEnough).Implied(),
			GET("/api/v1/events").Answers(200).FasterThan(promptEnough).Implied(),
			GET("/api/v1/venues/{venue}/events").Answers(200).FasterThan(promptEnough).Implied(),
			// Nobody refuses anything here.
			Log().Lacks("ECONNREFUSED").Implied(),
		},

		Fault: BlackHole(Redis),
		During: []Expectation{
			GET("/health/ready").Answers(200).Showing("checks.redis", "DOWN").By(10 * time.Second).Times(2),
			Log().Mentions("timeout").By(10 * time.Second),
		},

		After: []Expectation{
			GET("/health/ready").Answers(200).Showing("checks.redis", "UP").By(15 * time.Second).Times(3).Proves("health.manual.redis"),
			POST("/api/v1/events", after).Answers(201),
			Cache("event:*").AfterReading("/api/v1/events/{event}").Of(before).Contains(string(before)).By(cacheFills),
		},
	}
}
