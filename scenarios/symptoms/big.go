package symptoms

import (
	"strings"
	"time"

	. "github.com/runproof/runproof/scenarios"
)

// Eight big events make a list of more than 38 kB, which a fault can tell from
// one small event and from the little that is said beside it.
const (
	bigEvents = 8
	bigText   = 4800 // characters; the contract allows 5000
)

// big is the name of one.
const big Body = "a big one"

// bigEvent is the body of an event with a long description.
func bigEvent() string {
	return `{"venue_id": "${venue}", "name": "${name}", "starts_at": "${start}", "ends_at": "${end}",` +
		` "capacity": 100, "price_cents": 2500, "currency": "EUR", "description": "` + strings.Repeat("long ", bigText/len("long ")) + `"}`
}

// withBigEvents is a steady state with a list that takes long to send.
func withBigEvents() []Expectation {
	return []Expectation{
		GET("/health/ready").Answers(200).By(10 * time.Second),
		POST("/api/v1/events", before).Answers(201),
		POST("/api/v1/events", big).Sending(bigEvent()).Answers(201).By(20 * time.Second).Times(bigEvents),
		GET("/api/v1/events").Answers(200).FasterThan(time.Second).By(20 * time.Second),
		GET("/api/v1/events/{event}").Of(before).Answers(200).FasterThan(time.Second).By(20 * time.Second),
	}
}
