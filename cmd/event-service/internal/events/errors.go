package events

import (
	"context"
	"errors"
	"time"
)

// ErrNotFound is an event that the tenant does not have. Whether another
// tenant has it cannot be told from outside, nor from here.
var ErrNotFound = errors.New("event not found")

// ErrVenueUnknown is a venue that the tenant does not have.
var ErrVenueUnknown = errors.New("venue not found")

// ErrStale is a change of a version that is no longer the current one.
var ErrStale = errors.New("the event has changed since it was read")

// ErrKeyReused is an Idempotency-Key that came with another request before.
var ErrKeyReused = errors.New("the idempotency key was used for another request")

// Conflict is a change that the event's status does not allow.
type Conflict struct{ Reason string }

func (e *Conflict) Error() string { return e.Reason }

// Unverified is a venue that nobody could be asked about, at a time when the
// operator has decided that work goes on without asking.
type Unverified struct{ Err error }

func (e *Unverified) Error() string { return "venue not verified: " + e.Err.Error() }
func (e *Unverified) Unwrap() error { return e.Err }

// FieldError is one thing that is wrong with one field.
type FieldError struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// Invalid is input that breaks a rule.
type Invalid struct{ Fields []FieldError }

// Error names the first field.
func (e *Invalid) Error() string {
	if len(e.Fields) == 0 {
		return "invalid input"
	}
	return "invalid input: " + e.Fields[0].Field + ": " + e.Fields[0].Message
}

// Unavailable is a dependency that refused, was lost, or had no room: trying
// again later may help.
type Unavailable struct {
	Dependency string
	RetryAfter time.Duration // zero: nobody knows
	// Unknown is set where a write may have taken effect all the same.
	Unknown bool
	Err     error
}

func (e *Unavailable) Error() string { return e.Dependency + ": " + e.Err.Error() }
func (e *Unavailable) Unwrap() error { return e.Err }

// TimedOut is a dependency that was asked and did not answer in time. A write
// may have taken effect all the same.
type TimedOut struct {
	Dependency string
	Err        error
}

func (e *TimedOut) Error() string { return e.Dependency + ": " + e.Err.Error() }
func (e *TimedOut) Unwrap() error { return e.Err }

// undecided tells that a write may have taken effect although it failed.
func undecided(err error) bool {
	var lost *Unavailable
	var late *TimedOut
	return errors.As(err, &late) || errors.As(err, &lost) && lost.Unknown || errors.Is(err, context.Canceled)
}
