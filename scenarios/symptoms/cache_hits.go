package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
)

// CacheHits plays step 4 of "High Latency": Redis' count of hits tells whether
// the cache is of any use. It has no fault. What is read is a list in which
// nothing has changed, since a service may keep what has just changed out of
// its cache.
func CacheHits() Scenario {
	return Scenario{
		ID:       "cache-hits",
		Title:    "reads that repeat are hits of the cache",
		Section:  "High Latency",
		Severity: P3,
		Budget:   time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Showing("checks.redis", "UP"),
			Hits().AfterReading("/api/v1/venues/{venue}/events").By(10 * time.Second).Times(3).Rise().Proves("latency.resolution.cache-hits"),

			// A service that is well also works.
			POST("/api/v1/events", before).Answers(201),
			GET("/api/v1/events/{event}").Of(before).Answers(200).Contains(string(before)),
		},
	}
}
