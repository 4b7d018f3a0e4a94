// Package events holds what an event is, which rules it obeys, and the work
// that is done with it. It knows neither HTTP nor SQL; what it needs of the
// world it names as interfaces.
package events

import (
	"time"

	"github.com/google/uuid"

	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

// Status is where an event is in its life.
type Status string

// The life of an event. Nothing comes after Cancelled.
const (
	Draft     Status = "draft"
	Published Status = "published"
	Cancelled Status = "cancelled"
)

// Known tells whether a status is one of the life of an event.
func (s Status) Known() bool { return s == Draft || s == Published || s == Cancelled }

// Event is one event as it is stored and shown. Times are UTC, in the
// microseconds that Postgres keeps.
type Event struct {
	ID          uuid.UUID  `json:"id"` // version 7, so that ids sort by creation
	TenantID    tenancy.ID `json:"tenant_id"`
	VenueID     string     `json:"venue_id"`
	Name        string     `json:"name"`
	Description string     `json:"description"`
	StartsAt    time.Time  `json:"starts_at"`
	EndsAt      time.Time  `json:"ends_at"`
	Capacity    int64      `json:"capacity"`    // seats
	PriceCents  int64      `json:"price_cents"` // hundredths of the currency's unit
	Currency    string     `json:"currency"`    // ISO 4217
	Status      Status     `json:"status"`
	Version     int64      `json:"version"` // 1 at creation, one more with each change
	CreatedAt   time.Time  `json:"created_at"`
	UpdatedAt   time.Time  `json:"updated_at"`

	// VenueVerified is false for a draft that was accepted while the
	// venue-service could not be asked. It is not shown.
	VenueVerified bool `json:"-"`
}

// with returns the event with other details.
func (e Event) with(d Details) Event {
	e.VenueID, e.Name, e.Description = d.VenueID, d.Name, d.Description
	e.StartsAt, e.EndsAt = kept(d.StartsAt), kept(d.EndsAt)
	e.Capacity, e.PriceCents, e.Currency = d.Capacity, d.PriceCents, d.Currency
	return e
}

// Details is what a caller may say about an event.
type Details struct {
	VenueID     string
	Name        string
	Description string
	StartsAt    time.Time
	EndsAt      time.Time
	Capacity    int64
	PriceCents  int64
	Currency    string
}

// Filter says which events a list holds. Zero values filter nothing.
type Filter struct {
	VenueID string
	Status  Status
	Before  uuid.UUID // only events created before this one; the cursor
	Limit   int       // at most MaxPage
}

// The size of a page: what a screen shows, and what one answer may cost.
const (
	DefaultPage = 20
	MaxPage     = 100
)

// Page is one page of a list, newest first. Next is the Before of the next
// page, or the zero UUID when there is none.
type Page struct {
	Items []Event
	Next  uuid.UUID
}
