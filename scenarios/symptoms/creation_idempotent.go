package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
)

// once is the name of an event that is asked for several times.
const once Body = "asked for several times"

// sameBody is the same to the last byte whenever it is sent.
const sameBody = `{"venue_id":"${venue}","name":"${name}","starts_at":"2031-06-01T18:00:00Z",` +
	`"ends_at":"2031-06-01T20:00:00Z","capacity":100,"price_cents":2500,"currency":"EUR"}`

// CreationIdempotent plays a caller who got no answer and asks again with the same
// Idempotency-Key: there must be one event, and both are told of the same. The
// key stands for one request of one tenant, and for nothing else.
func CreationIdempotent() Scenario {
	create := POST("/api/v1/events", once).Sending(sameBody).WithKey("a-key")
	return Scenario{
		ID:       "creation-idempotent",
		Title:    "the same create is sent again with its key",
		Section:  "Event Creation Failures",
		Severity: P2,
		Budget:   2 * time.Minute,
		Also:     []Property{Races},

		Steady: []Expectation{
			GET("/health/ready").Answers(200).By(10 * time.Second),
			create.Answers(201),
			create.Answers(201).WithHeader("Idempotency-Replayed").ByContract(),
			create.Answers(201).Times(3).ByContract(),
			GET("/api/v1/events").Answers(200).ContainsOnce(string(once)).By(time.Second).Proves("creation.symptom.not-appearing"),

			POST("/api/v1/events", refused).Sending(sameBody).WithKey("a-key").Answers(422).ByContract(),
			GET("/api/v1/events").Answers(200).Lacks(string(refused)).ByContract(),

			// A neighbour's key is another key, however it reads.
			create.As(OtherTenant).Answers(201).ByContract(),
			GET("/api/v1/events").As(OtherTenant).Answers(200).ContainsOnce(string(once)).By(time.Second).ByContract(),
			Isolation().Silent().By(inTime).Proves("tenant.symptom.cross-tenant"),
		},
	}
}
