package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// cacheFills bounds the time until an event that was written is in the cache.
// A service may keep what has just changed out of it for as long as an older
// read may still be under way; ten seconds is twice the longest request.
const cacheFills = 20 * time.Second

// changedIsCached has an event read into the cache, to be changed while Redis
// cannot be told to forget it.
func changedIsCached() Expectation {
	return Cache("event:*").AfterReading("/api/v1/events/{event}").Of(changed).As(OtherTenant).Contains(string(changed)).By(cacheFills)
}

// change changes it, which works without Redis as with it.
func change() Expectation {
	return PUT("/api/v1/events/{event}", during).Of(changed).IfMatch("*").As(OtherTenant).
		Answers(200).Undisturbed().By(atOnce).Times(3).Implied().Called("changed")
}

// changeIsShown says that nobody is shown what was cached before it.
func changeIsShown() HTTPExpectation {
	return GET("/api/v1/events/{event}").Of(changed).As(OtherTenant).Answers(200).Contains(string(during)).
		Undisturbed().By(5 * time.Second).Times(3).ByContract()
}

// RedisRefused plays "Redis is gone": its port refuses connections.
//
// Redis holds copies only, so nothing may depend on it: every read and every
// write goes on, the service stays ready, and says under checks.redis what is
// wrong. Once Redis is back it is used again without anybody's help, but for
// what has changed meanwhile.
func RedisRefused() Scenario {
	return Scenario{
		ID:       "redis-refused",
		Title:    "Redis is gone and its port refuses connections",
		Section:  "Health Checks",
		Severity: P3,
		Budget:   2 * time.Minute,
		Also:     []Property{Replicas, Outage},

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10*time.Second).Showing("checks.redis", "UP").Proves("health.manual.redis"),
			POST("/api/v1/events", before).Answers(201),
			POST("/api/v1/events", changed).As(OtherTenant).Answers(201),
			changedIsCached(),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			// A service that works without Redis must get its requests.
			GET("/health/ready").Answers(200).Showing("checks.database", "UP").Implied(),
			GET("/api/v1/events/{event}").Of(before).Answers(200).Contains(string(before)).Implied(),
			GET("/api/v1/events").Answers(200).Implied(),
			GET("/api/v1/venues/{venue}/events").Answers(200).Implied(),
		},

		Fault: Refuse(Redis),
		During: []Expectation{
			GET("/health/ready").Answers(200).Showing("checks.redis", "DOWN").Times(3),
			Log().Contains("ECONNREFUSED"),
			POST("/api/v1/events", during).Answers(201).Undisturbed().By(atOnce).Times(3).Implied(),
			change(),
			changeIsShown().Since("changed", 0),
		},

		After: []Expectation{
			GET("/health/ready").Answers(200).Showing("checks.redis", "UP").By(15 * time.Second).Times(3).Proves("health.manual.redis"),
			POST("/api/v1/events", after).Answers(201),
			// What it still holds of before is not shown any more.
			changeIsShown(),
			// Redis is asked again: an event is kept there once more.
			Cache("event:*").AfterReading("/api/v1/events/{event}").Of(before).Contains(string(before)).By(cacheFills),
		},
	}
}
