package symptoms

import (
	"time"

	. "github.com/runproof/runproof/scenarios"
	. "github.com/runproof/runproof/scenarios/fault"
)

// VenueRefused plays "venue-service is down": its process is gone, and its
// port refuses. What is refused at once must open the breaker all the same.
//
// A create that is repeated under its Idempotency-Key needs no venue any more,
// so this is when a service may answer from what it has kept, and to nobody but
// the tenant whose key it was.
func VenueRefused() Scenario {
	create := POST("/api/v1/events", once).Sending(sameBody).WithKey("a-key")
	s := venueFails("venue-refused", "the venue-service refuses connections", Refuse(Venue))
	s.Steady = append(s.Steady, create.Answers(201))
	s.During = append(s.During, create.As(OtherTenant).Answers(503).InsteadOf(201).By(opensWithin).Proves("tenant.symptom.cross-tenant"))
	return s
}

// VenueError plays a venue-service that is reached and fails: a 500 is no
// answer about a venue.
func VenueError() Scenario {
	return venueFails("venue-error", "the venue-service answers everything with 500", Fail(Venue, 500))
}

// VenueOverloaded plays a venue-service that asks to be left alone: a breaker
// is how that is done.
func VenueOverloaded() Scenario {
	return venueFails("venue-overloaded", "the venue-service answers 503 with Retry-After", Overload(Venue, 10*time.Second))
}

// VenueTruncated plays a venue-service that dies while it answers. Its status
// is 200, and half a venue is none.
func VenueTruncated() Scenario {
	return venueFails("venue-truncated", "the venue-service breaks off in the middle of its answers", TruncateResponse(Venue))
}

// VenueHTML plays a load balancer's page in the place of the venue-service:
// whole, of status 200, and about no venue.
func VenueHTML() Scenario {
	return venueFails("venue-html", "a page for people answers in the venue-service's place", NotJSON(Venue))
}

// VenueWrongSchema plays a venue-service of another version: JSON, whole, of
// status 200, in a shape that says nothing about the venue asked for.
func VenueWrongSchema() Scenario {
	return venueFails("venue-wrong-schema", "the venue-service answers JSON of another shape", WrongContent(Venue))
}
