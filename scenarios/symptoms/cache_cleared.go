package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
)

// The three commands of "Cache Invalidation", as printed.
const (
	clearEvents = `redis-cli KEYS "event:*" | xargs redis-cli DEL`
	clearLists  = `redis-cli KEYS "venue:events:*" | xargs redis-cli DEL`
	clearAll    = `redis-cli KEYS "event-service:*" | xargs redis-cli DEL`
)

// changedEvent is what the first event is called once it was changed.
const changedEvent Body = "changed while it was cached"

// calledOff is an event that is cancelled.
const calledOff Body = "called off while it was cached"

// elsewhere moves an event to the second venue.
const elsewhere = `{"venue_id": "${second-venue}", "name": "${name}", "starts_at": "${start}", "ends_at": "${end}",` +
	` "capacity": 100, "price_cents": 2500, "currency": "EUR"}`

// entryTTL bounds how long anything cached may live: ten times the minute
// that the reference gives it.
const entryTTL = 10 * time.Minute

// CacheCleared plays "Cache Invalidation" on a healthy service: each command is
// run as printed, and what it clears and what it leaves is looked up.
//
// The third is said to clear "all event-service cache". What it clears is
// neither events nor lists, only the records of keyed requests and the counts
// of the rate limit; none of them may be the only copy.
func CacheCleared() Scenario {
	return Scenario{
		ID:       "cache-cleared",
		Title:    "each of the runbook's three commands clears the cache",
		Section:  "Cache Invalidation",
		Severity: P3,
		Budget:   5 * time.Minute,

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second),
			POST("/api/v1/events", before).WithKey("kept-in-postgres").Answers(201),

			POST("/api/v1/events", calledOff).Answers(201),
			Isolation().Silent().By(inTime).Proves("tenant.symptom.cross-tenant"),

			// An operator sits down: from here on nobody else writes.
			Command(`redis-cli INFO stats | grep hit`).Succeeds().Contains("keyspace_hits"),

			// What is read is kept, under the keys that the runbook names, and not for ever.
			Cache("event:*").AfterReading("/api/v1/events/{event}").Of(before).Contains(string(before)).By(cacheFills).Proves("recovery.cache.event"),
			Cache("venue:events:*").AfterReading("/api/v1/venues/{venue}/events").Contains(string(before)).By(cacheFills).Proves("recovery.cache.venue"),
			Cache("event:*").EndingWithin(entryTTL).Implied(),
			Cache("venue:events:*").EndingWithin(entryTTL).Implied(),

			Command(clearEvents).Succeeds().Proves("recovery.cache.event"),
			Cache("event:*").Lacks(string(before)).Proves("recovery.cache.event"),
			Cache("venue:events:*").Contains(string(before)),

			Command(clearLists).Succeeds().Proves("recovery.cache.venue"),
			Cache("venue:events:*").Lacks(string(before)).Proves("recovery.cache.venue"),

			// What was cleared is read anew, and kept again.
			Cache("event:*").AfterReading("/api/v1/events/{event}").Of(before).Contains(string(before)),
			Cache("venue:events:*").AfterReading("/api/v1/venues/{venue}/events").Contains(string(before)),

			// It is its tenant's alone: under what key it is kept, and who asks next.
			Isolation().Silent().Times(2).By(inTime).Proves("tenant.symptom.cross-tenant"),

			Cache("event-service:*").HasKeys(),
			Command(clearAll).Succeeds().Proves("recovery.cache.all"),
			Cache("event-service:*").HasNoKeys().Proves("recovery.cache.all"),
			// "All" is no event and no list: those stay.
			Cache("event:*").Contains(string(before)).Inferred(),
			Cache("venue:events:*").Contains(string(before)).Inferred(),

			// The key of a request is not forgotten with its record: the same
			// key on another request is refused, and makes no second event.
			POST("/api/v1/events", after).WithKey("kept-in-postgres").Answers(422),
			GET("/api/v1/events").Answers(200).Lacks(string(after)),

			// What is changed is shown as changed, though it was cached, and leaves
			// the list that it was in.
			Cache("event:*").AfterReading("/api/v1/events/{event}").Of(before).Contains(string(before)),
			Cache("venue:events:*").AfterReading("/api/v1/venues/{venue}/events").Contains(string(before)),
			PUT("/api/v1/events/{event}", changedEvent).Of(before).IfMatch("*").Sending(elsewhere).Answers(200),
			GET("/api/v1/events/{event}").Of(before).Answers(200).Contains(string(changedEvent)),
			GET("/api/v1/venues/{venue}/events").Answers(200).Lacks(string(before)).Lacks(string(changedEvent)).Implied(),
			GET("/api/v1/venues/{second-venue}/events").Answers(200).Contains(string(changedEvent)).Proves("creation.symptom.not-appearing"),

			// So is what has changed its status.
			Cache("event:*").AfterReading("/api/v1/events/{event}").Of(before).Contains(string(changedEvent)).By(cacheFills),
			Cache("event:*").AfterReading("/api/v1/events/{event}").Of(calledOff).Contains(string(calledOff)).By(cacheFills),
			POST("/api/v1/events/{event}/publish", "").Of(before).Answers(200),
			POST("/api/v1/events/{event}/cancel", "").Of(calledOff).Answers(200),
			GET("/api/v1/events/{event}").Of(before).Answers(200).Showing("status", "published").Implied(),
			GET("/api/v1/events/{event}").Of(calledOff).Answers(200).Showing("status", "cancelled").Implied(),
		},
	}
}
