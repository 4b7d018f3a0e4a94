package events

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The bounds of an event's fields. They are this service's own; the schema
// repeats them, so that no other writer can break them either.
const (
	MaxName        = 200         // characters
	MaxDescription = 5_000       // characters
	MaxCapacity    = 1_000_000   // seats; the largest venues hold a quarter of it
	MaxPriceCents  = 100_000_000 // a million of the currency's unit
)

// earliest and latest bound every time: beyond them a date is a mistake.
var (
	earliest = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	latest   = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
)

var (
	venuePattern    = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$`)
	currencyPattern = regexp.MustCompile(`^[A-Z]{3}$`)
)

// ValidVenueID tells whether a venue could have this name.
func ValidVenueID(id string) bool { return venuePattern.MatchString(id) }

// Check returns everything that is wrong with the details, in the order of
// the fields, or nothing.
func (d Details) Check() []FieldError {
	var wrong []FieldError
	rule := func(ok bool, field, format string, args ...any) {
		if !ok {
			wrong = append(wrong, FieldError{Field: field, Message: fmt.Sprintf(format, args...)})
		}
	}
	rule(ValidVenueID(d.VenueID), "venue_id", "must be 1 to 128 letters, digits, dots, dashes or underscores")
	rule(strings.TrimSpace(d.Name) != "" && utf8.RuneCountInString(d.Name) <= MaxName && printable(d.Name, false),
		"name", "must be 1 to %d printable characters", MaxName)
	rule(utf8.RuneCountInString(d.Description) <= MaxDescription && printable(d.Description, true),
		"description", "must be at most %d printable characters", MaxDescription)
	rule(inRange(d.StartsAt), "starts_at", "must be between the years 2000 and 2100")
	rule(inRange(d.EndsAt), "ends_at", "must be between the years 2000 and 2100")
	if inRange(d.StartsAt) && inRange(d.EndsAt) {
		// As the times are kept: what is less than a microsecond apart is not apart.
		rule(kept(d.EndsAt).After(kept(d.StartsAt)), "ends_at", "must be after starts_at")
	}
	rule(d.Capacity >= 1 && d.Capacity <= MaxCapacity, "capacity", "must be from 1 to %d", MaxCapacity)
	rule(d.PriceCents >= 0 && d.PriceCents <= MaxPriceCents, "price_cents", "must be from 0 to %d", MaxPriceCents)
	rule(currencyPattern.MatchString(d.Currency), "currency", "must be a code of three capital letters (ISO 4217)")
	return wrong
}

// kept is a time as Postgres keeps it: UTC, to the microsecond.
func kept(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

func inRange(t time.Time) bool { return !t.Before(earliest) && t.Before(latest) }

// printable refuses control characters; Postgres cannot store a NUL at all.
func printable(s string, lines bool) bool {
	for _, r := range s {
		if lines && (r == '\n' || r == '\r' || r == '\t') {
			continue
		}
		if unicode.IsControl(r) || r == utf8.RuneError {
			return false
		}
	}
	return true
}
