// Package audit has the facts of the writes that a scenario sends, and concludes from
// them and from the rows of the database what became of each.
package audit

import (
	"net/http"
	"time"
)

// ShownWithin is how long a change may need until it is shown everywhere, as
// read-after-write has it of what one caller does after another.
const ShownWithin = time.Second

// NotConnected is the class of a failure in which nobody was there to connect to.
const NotConnected = "refused"

// Write has the facts of one create or change that was sent: what its sender wanted,
// and what it was told. What follows from them is concluded when they are judged.
type Write struct {
	// Number is its place among the scenario's writes, from 1. Of is the number of the
	// create whose event it changes; zero: it is a create.
	Number int `json:"number"`
	Of     int `json:"of,omitempty"`
	// Name is the event's from then on, and its own, so that its rows can be counted.
	Name string `json:"name"`
	// Success is the status that acknowledges it.
	Success int `json:"success"`
	// Over says that its sender waits no more; Status, zero without a whole answer, and
	// Class are what it was told.
	Over   bool   `json:"over,omitempty"`
	Status int    `json:"status,omitempty"`
	Class  string `json:"class,omitempty"`
	// VenueOnly says that until then nothing but the venue-service was ever broken.
	VenueOnly bool `json:"venueOnly,omitempty"`
	// Keyless says that it is a create without an Idempotency-Key: sent again, it would be
	// another one, so that nothing makes it certain.
	Keyless bool `json:"keyless,omitempty"`
	// Retried is the status of the answer when an audit sent it again.
	Retried int `json:"retried,omitempty"`
	// Since is the first of an audit's counts that was made when it was over.
	Since int `json:"since,omitempty"`
}

// Acknowledged reports whether its sender was told that it is done.
func (w Write) Acknowledged() bool { return w.Status == w.Success }

// Refused reports whether it was refused for certain: by a 4xx, a service that was not
// there to connect to, and a 503 where nothing but the venue-service was ever broken:
// the venue is asked before anything is stored.
func (w Write) Refused() bool {
	return w.Status >= 400 && w.Status < 500 || w.Class == NotConnected || w.Status == http.StatusServiceUnavailable && w.VenueOnly
}

// Unknown reports whether its sender knows nothing of it.
func (w Write) Unknown() bool { return !w.Acknowledged() && !w.Refused() }

// Settled reports whether sending it again has made an unknown write certain.
func (w Write) Settled() bool { return w.Retried == w.Success }
