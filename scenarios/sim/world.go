// Package sim is an in-memory world: a model of the event-service and its
// dependencies, honest or mutated in one way. Under testing/synctest a whole
// scenario takes milliseconds, half-open waits included.
//
// It exists to test the engine. What it shows of a claim is no evidence: the
// ledger's counter-examples are defects of the reference service.
package sim

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/world"
)

// The model's settings, as the reference has them by default.
const (
	requestTimeout = 3 * time.Second
	healthTimeout  = time.Second
	venueTimeout   = time.Second
	roundTrip      = time.Millisecond
	roundTrips     = 4 // begin, tenant, query, commit
	openAfter      = 5
	openFor        = 30 * time.Second
)

// World implements world.World in memory.
type World struct{ service }

// service is the model of the service, and of the fault that it is under.
type service struct {
	mutation Mutation
	began    time.Time

	mu       sync.Mutex
	fault    fault.Fault
	wounded  bool // was ever without its database
	log      []line
	failures int
	openedAt time.Time
	writes   writeLog
	dead     bool // for good

	restarted bool
}

type line struct {
	at   time.Time
	text string
}

// New returns a world that is mutated in one way, or honest for Honest.
func New(mutation Mutation) *World { return &World{service{mutation: mutation, began: time.Now()}} }

// Worlds opens worlds of one mutation, one for each scenario.
type Worlds struct{ Mutation Mutation }

// Open implements world.Worlds.
func (w Worlds) Open(_ context.Context, s scenarios.Scenario, _ record.Playing) (world.World, func(context.Context) error, error) {
	if models, lacks := Models(s); !models {
		return nil, nil, &world.UnsupportedError{Reason: lacks}
	}
	return New(w.Mutation), func(context.Context) error { return nil }, nil
}

// Observe implements world.World.
func (w *World) Observe(ctx context.Context, p scenarios.Probe, since time.Time) scenarios.Observation {
	o := scenarios.Observation{At: time.Now()}
	switch {
	case w.mutation == Panics && p.Kind == scenarios.ProbeHTTP && w.in(fault.FaultRefused, fault.Postgres):
		panic("a probe panicked")
	case p.Kind == scenarios.ProbeLog:
		o.Lines, o.Seen = w.lines(p, since)
	case p.Kind == scenarios.ProbeIsolation:
		o.Own = true
		if w.in(fault.FaultRLSDisabled, fault.Postgres) && w.mutation != Contains || w.mutation == LeaksAlways {
			o.Exchanges = []scenarios.Exchange{{Method: "GET", Path: "/api/v1/events", Tenant: 1, Canaries: []int{2}}}
		}
	case p.Kind == scenarios.ProbeAudit && w.mutation == AuditUnavailable:
		o.Err, o.Class = "audit: no such table", scenarios.ClassOther
	case p.Kind == scenarios.ProbeAudit:
		o.Audit = w.audit()
	default:
		o.Status, o.Body, o.Header = w.answer(ctx, p)
		if o.Status == 0 {
			o.Err, o.Class = "context deadline exceeded", scenarios.ClassTimeout
		}
	}
	o.Took = time.Since(o.At)
	return o
}

func (w *service) answer(ctx context.Context, p scenarios.Probe) (int, string, map[string]string) {
	switch {
	case w.isDead():
		return 0, "", nil
	case p.Path == "/health/live":
		if w.mutation == LivenessQueriesDatabase && w.in(fault.FaultRefused, fault.Postgres) {
			return 503, `{"status":"DOWN"}`, nil
		}
		return 200, w.mutation.live(), nil
	case p.Path == "/health/ready":
		return w.ready(ctx)
	case p.Method == "POST":
		if status := w.validateVenue(ctx); status != 200 {
			return status, problem(status), retryAfter(status)
		}
		status := w.database(ctx, true)
		w.recordWrite(status, status == 201 && (w.mutation != UnexpectedWrite || !w.in(fault.FaultRefused, fault.Postgres)) || w.mutation == StoresRefused && status == 503)
		if w.mutation == BlamesTheVenue && status == 503 {
			return status, `{"status":503,"detail":"venue-service is unavailable"}`, retryAfter(status)
		}
		return status, problem(status), retryAfter(status)
	default:
		status := w.database(ctx, false)
		return status, problem(status), retryAfter(status)
	}
}

func (w *service) isDead() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.dead
}

// database is what a request finds that needs the database: its status.
func (w *service) database(ctx context.Context, write bool) int {
	w.mu.Lock()
	f, wounded := w.fault, w.wounded
	w.mu.Unlock()
	if w.mutation == CuredByRestart && !wounded {
		f = fault.Fault{}
	}
	ok := 200
	if write {
		ok = 201
	}
	if f.On != fault.Postgres || f.Kind == fault.FaultRLSDisabled {
		wait(ctx, roundTrips*roundTrip)
		if wounded && (w.mutation == NeverReconnects || w.mutation == StackDiesLater || w.mutation == Stalled || w.mutation == StalledOnce) {
			return 503
		}
		return ok
	}
	if f.Kind == fault.FaultRefused {
		switch {
		case w.mutation == HangsWhenRefused:
			wait(ctx, time.Hour)
			return 0
		case w.mutation == RefusedIs500:
			return 500
		case w.mutation == UnexpectedWrite && write:
			return ok
		}
		w.write("database unavailable: ECONNREFUSED")
		return 503
	}
	w.write("Slow query")
	trips := roundTrips * f.Delay
	if w.mutation == ReadsFromMemory && !write {
		trips = 0
	}
	if trips <= requestTimeout || w.mutation == NoDeadline {
		if wait(ctx, trips) {
			return ok
		}
		return 0
	}
	wait(ctx, requestTimeout)
	w.write("database: request timeout")
	if w.mutation == TimeoutIs500 {
		return 500
	}
	return 504
}

// validateVenue is the venue check behind the model's breaker.
func (w *service) validateVenue(ctx context.Context) int {
	failed := 503
	if w.mutation == VenueFailureIs500 {
		failed = 500
	}
	if w.circuit() == "OPEN" {
		return failed
	}
	if !w.in(fault.FaultBlackHole, fault.Venue) {
		wait(ctx, roundTrip)
		w.settle(true)
		return 200
	}
	wait(ctx, venueTimeout)
	w.settle(false)
	return failed
}

func (w *service) settle(ok bool) {
	w.mu.Lock()
	trial := !w.openedAt.IsZero()
	opened := false
	switch {
	case ok:
		w.failures, w.openedAt = 0, time.Time{}
	case w.mutation != BreakerNeverOpens:
		w.failures++
		opened = trial || w.failures == openAfter
		if opened {
			w.openedAt = time.Now()
		}
	}
	w.mu.Unlock()
	if opened {
		w.write("Circuit breaker opened")
	}
}

// circuit is the breaker's state.
func (w *service) circuit() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	wait := openFor
	switch w.mutation {
	case BreakerWaits5s:
		wait = 5 * time.Second
	case BreakerNeverHalfOpens:
		wait = 24 * time.Hour
	}
	switch {
	case w.openedAt.IsZero():
		return "CLOSED"
	case time.Since(w.openedAt) < wait:
		return "OPEN"
	}
	return "HALF_OPEN"
}

func (w *service) in(kind fault.Kind, on fault.Dependency) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.fault.Kind == kind && w.fault.On == on
}

func (w *service) write(text string) {
	if w.mutation == LogsNothing {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.log = append(w.log, line{time.Now(), text})
}

func (w *service) lines(p scenarios.Probe, since time.Time) (matching []string, first time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, l := range w.log {
		if l.at.Before(since) || !p.Matches(l.text) {
			continue
		}
		if first.IsZero() {
			first = l.at
		}
		matching = append(matching, l.text)
	}
	return matching, first
}

func problem(status int) string {
	return fmt.Sprintf(`{"status":%d}`, status)
}

func retryAfter(status int) map[string]string {
	if status == 503 {
		return map[string]string{"Retry-After": "1"}
	}
	return nil
}

// wait lets the model's time pass, and reports whether it did.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
