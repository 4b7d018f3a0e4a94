package defects

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/google/uuid"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/breaker"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

func aroundBreaker(p *app.Parts, wrap func(app.Breaker) app.Breaker) {
	honest := p.Breaker
	p.Breaker = func(s breaker.Settings) app.Breaker { return wrap(honest(s)) }
}

// flooding makes the calls beside the trial too.
type flooding struct{ app.Breaker }

func (f flooding) Do(ctx context.Context, call func(context.Context) error) error {
	half := f.Stats().Circuit == breaker.HalfOpen
	err := f.Breaker.Do(ctx, call)
	if half && errors.Is(err, breaker.ErrOpen) {
		return call(ctx)
	}
	return err
}

// staysWary opens at the first failure once the breaker has been open.
func staysWary(p *app.Parts) {
	honest := p.Breaker
	p.Breaker = func(s breaker.Settings) app.Breaker {
		tooEarly := s
		tooEarly.Failures = 1
		return &wary{before: honest(s), since: honest(tooEarly)}
	}
}

// wary hands over from one breaker to another when the first has closed again.
type wary struct {
	before, since app.Breaker
	opened, over  atomic.Bool
}

func (w *wary) Do(ctx context.Context, call func(context.Context) error) error {
	if w.over.Load() {
		return w.since.Do(ctx, call)
	}
	err := w.before.Do(ctx, call)
	switch circuit := w.before.Stats().Circuit; {
	case circuit == breaker.Open:
		w.opened.Store(true)
	case circuit == breaker.Closed && w.opened.Load():
		w.over.Store(true)
	}
	return err
}

func (w *wary) Stats() breaker.Stats {
	if w.over.Load() {
		return w.since.Stats()
	}
	return w.before.Stats()
}

// frozen shows the state that the breaker had at the start.
type frozen struct {
	app.Breaker
	first breaker.Stats
}

func (f frozen) Stats() breaker.Stats { return f.first }

// breakerForEverything puts the database behind the venue-service's breaker.
func breakerForEverything(p *app.Parts) {
	var guard app.Breaker
	honest := p.Breaker
	p.Breaker = func(s breaker.Settings) app.Breaker {
		answered := s.Succeeded
		s.Succeeded = func(err error) bool { return answered(err) || !failed(err) && !fromVenue(err) }
		guard = honest(s)
		return guard
	}
	aroundRepository(p, func(r events.Repository) events.Repository { return guarded{r, guard} })
}

// failed tells a database that failed from one that refused.
func failed(err error) bool {
	var gone *events.Unavailable
	var late *events.TimedOut
	return errors.As(err, &gone) || errors.As(err, &late)
}

// fromDatabase marks what the database has said.
type fromDatabase struct{ error }

func (f fromDatabase) Unwrap() error { return f.error }

func fromVenue(err error) bool {
	var database fromDatabase
	return !errors.As(err, &database)
}

// guarded reads behind the breaker.
type guarded struct {
	events.Repository
	guard app.Breaker
}

func (g guarded) behind(ctx context.Context, call func(context.Context) error) error {
	err := g.guard.Do(ctx, func(ctx context.Context) error {
		if err := call(ctx); err != nil {
			return fromDatabase{err}
		}
		return nil
	})
	var refused *breaker.Refused
	if errors.As(err, &refused) {
		return &events.Unavailable{Dependency: "database", RetryAfter: refused.RetryAfter, Err: err}
	}
	return err
}

func (g guarded) Load(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (e events.Event, err error) {
	err = g.behind(ctx, func(ctx context.Context) error {
		e, err = g.Repository.Load(ctx, tenant, id)
		return err
	})
	return e, err
}

func (g guarded) List(ctx context.Context, tenant tenancy.ID, f events.Filter) (page events.Page, err error) {
	err = g.behind(ctx, func(ctx context.Context) error {
		page, err = g.Repository.List(ctx, tenant, f)
		return err
	})
	return page, err
}
