// Package breaker keeps the service from calling a dependency that is down: it
// opens after a run of failures, lets one trial through after a while, and
// closes again by itself when that succeeds.
package breaker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/sony/gobreaker/v2"
)

// ErrOpen is a call that was not made.
var ErrOpen = errors.New("circuit breaker is open")

// Refused is ErrOpen with the time until a trial is due.
type Refused struct{ RetryAfter time.Duration }

func (e *Refused) Error() string {
	return fmt.Sprintf("%s, next trial in %s", ErrOpen, e.RetryAfter.Round(time.Millisecond))
}
func (e *Refused) Unwrap() error { return ErrOpen }

// Circuit is the state of a breaker, as health and the runbook name it.
type Circuit string

// The three states.
const (
	Closed   Circuit = "CLOSED"
	Open     Circuit = "OPEN"
	HalfOpen Circuit = "HALF_OPEN"
)

// Settings describe a breaker.
type Settings struct {
	Name     string
	Failures int           // consecutive failures that open it
	OpenFor  time.Duration // until the next call is let through as the trial
	// Succeeded tells which errors are answers of a healthy dependency.
	Succeeded func(error) bool
	Log       *slog.Logger
}

// Breaker is safe for use by many goroutines.
type Breaker struct {
	settings Settings
	inner    *gobreaker.CircuitBreaker[struct{}]
	last     atomic.Pointer[change]
	// failures that led to where the breaker is; gobreaker forgets them when
	// it opens.
	failures atomic.Int64
}

// change is the last transition. It is kept here because asking gobreaker for
// its state moves the state.
type change struct {
	to gobreaker.State
	at time.Time
}

// New makes a closed breaker.
func New(s Settings) *Breaker {
	b := &Breaker{settings: s}
	b.last.Store(&change{to: gobreaker.StateClosed, at: time.Now()})
	// Runbook: Circuit Breaker Open: the circuit recovers by itself.
	b.inner = gobreaker.NewCircuitBreaker[struct{}](gobreaker.Settings{
		Name:         s.Name,
		MaxRequests:  1, // one trial
		Timeout:      s.OpenFor,
		ReadyToTrip:  b.ready,
		IsSuccessful: func(err error) bool { return err == nil || s.Succeeded(err) },
		// A caller that went away says nothing about the dependency.
		IsExcluded:    func(err error) bool { return errors.Is(err, context.Canceled) },
		OnStateChange: b.changed,
	})
	return b
}

// ready tells whether the failures are enough.
func (b *Breaker) ready(c gobreaker.Counts) bool {
	b.failures.Store(int64(c.ConsecutiveFailures))
	return int(c.ConsecutiveFailures) >= b.settings.Failures
}

// changed keeps and logs a transition, in the words that the runbook tells the
// operator to look for ("Circuit Breaker Open"). gobreaker holds its lock
// while it calls this, so nothing here may ask it anything.
func (b *Breaker) changed(name string, from, to gobreaker.State) {
	b.last.Store(&change{to: to, at: time.Now()})
	if from == gobreaker.StateHalfOpen && to == gobreaker.StateOpen {
		b.failures.Add(1) // the trial
	}
	line := b.settings.Log.With("breaker", name, "from", string(circuit(from)))
	switch to {
	case gobreaker.StateOpen:
		// Runbook: Circuit Breaker Open: "Circuit breaker opened" in logs.
		line.Warn("Circuit breaker opened", "open_for", b.settings.OpenFor.String())
	case gobreaker.StateHalfOpen:
		line.Info("Circuit breaker half-open")
	case gobreaker.StateClosed:
		line.Info("Circuit breaker closed")
	}
}

// Do calls unless the breaker is open; then the error is a Refused, at once.
func (b *Breaker) Do(ctx context.Context, call func(context.Context) error) error {
	_, err := b.inner.Execute(func() (struct{}, error) { return struct{}{}, call(ctx) })
	if errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests) {
		return &Refused{RetryAfter: b.untilTrial()}
	}
	return err
}

// untilTrial is how long the breaker stays open; zero once a trial is due.
func (b *Breaker) untilTrial() time.Duration {
	c := b.last.Load()
	if c.to != gobreaker.StateOpen {
		return 0
	}
	return max(0, b.settings.OpenFor-time.Since(c.at))
}

// Stats is the breaker as readiness shows it.
type Stats struct {
	Circuit  Circuit
	Failures int           // consecutive
	Since    time.Time     // of the last transition, or of the start
	Trial    time.Duration // until a trial is due, while open
}

// Stats reads the state and moves nothing: after the wait it shows HALF_OPEN,
// since the next call is the trial, but only that call makes it so.
func (b *Breaker) Stats() Stats {
	// Runbook: Circuit Breaker Open: stats at .checks.dependencies.
	c := b.last.Load()
	s := Stats{Circuit: circuit(c.to), Since: c.at, Trial: b.untilTrial()}
	if s.Failures = int(b.failures.Load()); s.Circuit == Closed {
		s.Failures = int(b.inner.Counts().ConsecutiveFailures)
	}
	if s.Circuit == Open && s.Trial == 0 {
		s.Circuit = HalfOpen
	}
	return s
}

func circuit(s gobreaker.State) Circuit {
	switch s {
	case gobreaker.StateOpen:
		return Open
	case gobreaker.StateHalfOpen:
		return HalfOpen
	default:
		return Closed
	}
}
