package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// CacheCorrupt plays "somebody has damaged the cache": first the cached events
// are text that nobody can read, then values of another type.
//
// A copy that cannot be read is no copy: the original is answered instead, and
// the log says that something was wrong.
func CacheCorrupt() Scenario {
	return Scenario{
		ID:       "cache-corrupt",
		Title:    "cached events hold garbage, then values of another type",
		Section:  "Cache Invalidation",
		Severity: P3,
		Budget:   3 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", before).Answers(201),
			Cache("event:*").AfterReading("/api/v1/events/{event}").Of(before).Contains(string(before)).By(cacheFills).Proves("recovery.cache.event"),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			GET("/health/ready").Answers(200).Showing("checks.redis", "UP").Implied(),
			GET("/api/v1/events/{event}").Of(before).Answers(200).Contains(string(before)).Implied(),
			GET("/api/v1/venues/{venue}/events").Answers(200).Implied(),
		},

		Fault: CorruptCache("event:*"),
		During: []Expectation{
			Log().Mentions("cached value").Inferred(),
		},
		Escalates: []Stage{{
			Fault: ChangeCacheType("event:*"),
			During: []Expectation{
				Log().Contains("WRONGTYPE").Inferred(),
			},
		}},

		After: []Expectation{
			Cache("event:*").AfterReading("/api/v1/events/{event}").Of(before).Contains(string(before)).By(cacheFills).Proves("recovery.cache.event"),
			POST("/api/v1/events", after).Answers(201),
		},
	}
}
