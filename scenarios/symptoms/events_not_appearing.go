package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// laterEvent is created when its venue's list is cached already.
const laterEvent Body = "created while the list was cached"

// EventsNotAppearing plays "events not appearing after creation": the cached
// list of a venue is an old one, as when the note that it has changed was lost
// in a failover of Redis.
//
// A healthy service shows what was created at once, cached or not.
// With an old list the event exists, and its venue does not show it; clearing
// the lists is the cure.
func EventsNotAppearing() Scenario {
	return Scenario{
		ID:       "events-not-appearing",
		Title:    "a venue's cached list is an old one, and new events are not in it",
		Section:  "Event Creation Failures",
		Severity: P2,
		Budget:   4 * time.Minute,
		Load:     Load{ReadsOnly: true}, // a create marks the list as changed

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second),
			// The watch writes its rows now, and nobody writes after it.
			Isolation().Silent(),
			POST("/api/v1/events", before).Answers(201),
			Cache("venue:events:*").AfterReading("/api/v1/venues/{venue}/events").Contains(string(before)).By(cacheFills),

			// The symptom must be absent as long as nothing is wrong: what is
			// created is shown, though an older list was cached.
			POST("/api/v1/events", laterEvent).Answers(201),
			GET("/api/v1/venues/{venue}/events").Answers(200).Contains(string(laterEvent)).Proves("creation.symptom.not-appearing"),

			Cache("venue:events:*").AfterReading("/api/v1/venues/{venue}/events").Contains(string(laterEvent)).By(cacheFills),
		},

		Always: []Expectation{
			GET("/health/live").Answers(200).Implied(),
			GET("/health/ready").Answers(200).Showing("checks.redis", "UP").Implied(),
			// The event is there, whatever the list says.
			GET("/api/v1/events/{event}").Of(laterEvent).Answers(200).Contains(string(laterEvent)).Implied(),
			GET("/api/v1/events").Answers(200).Contains(string(laterEvent)).Implied(),
		},

		Fault: StaleCache("venue:events:*"),
		During: []Expectation{
			GET("/api/v1/venues/{venue}/events").Answers(200).Lacks(string(laterEvent)).Times(3).Proves("creation.symptom.not-appearing"),
		},

		Remedy: []Remedy{AsPrinted("recovery.cache.venue", clearLists)},

		After: []Expectation{
			GET("/api/v1/venues/{venue}/events").Answers(200).Contains(string(laterEvent)).Proves("creation.symptom.not-appearing"),
		},
	}
}
