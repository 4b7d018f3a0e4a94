package defects

import (
	"context"
	"errors"
	"net/url"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/store"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

func lostDefects() []Defect {
	return []Defect{
		{
			Name: "acknowledged-before-commit", Breaks: "contract.write.acknowledged", Latent: true,
			Sees:  "With a slow database creates are answered 201 after a moment, and some of those events never appear.",
			Parts: []string{"Repository"},
			mutate: func(p *app.Parts) {
				aroundRepository(p, func(r events.Repository) events.Repository { return optimistic{r} })
			},
		},
		{
			Name: "failed-commit-is-success", Breaks: "contract.write.acknowledged", Latent: true,
			Sees:  "A create whose commit nobody answered is reported as done.",
			Parts: []string{"Repository"},
			mutate: func(p *app.Parts) {
				aroundRepository(p, func(r events.Repository) events.Repository { return hopeful{r} })
			},
		},
		{
			Name: "commits-not-awaited", Breaks: "contract.write.acknowledged", Latent: true,
			Sees:  "Writes are fast, and those of the last moment before Postgres crashed are gone.",
			Parts: []string{"Pool"},
			mutate: func(p *app.Parts) {
				honest := p.Pool
				p.Pool = func(s store.PoolSettings) (*pgxpool.Pool, error) {
					s.URL = withParameter(s.URL, "synchronous_commit", "off")
					return honest(s)
				}
			},
		},
		{
			Name: "writes-held-in-memory", Breaks: "database.symptom.503", Latent: true,
			Sees:  "While the database is down creates are answered 201, and a restart loses them.",
			Parts: []string{"Repository"},
			mutate: func(p *app.Parts) {
				aroundRepository(p, func(r events.Repository) events.Repository { return &buffered{Repository: r} })
			},
		},
		{
			Name: "changes-held-in-memory", Breaks: "contract.write.acknowledged", Latent: true,
			Sees:  "While the database is away an event can be changed, and is shown as before once it is back.",
			Parts: []string{"Repository"},
			mutate: func(p *app.Parts) {
				aroundRepository(p, func(r events.Repository) events.Repository { return &hoarding{Repository: r} })
			},
		},
		{
			Name: "cancelled-all-the-same", Breaks: "contract.write.acknowledged", Latent: true,
			Sees:  "A cancellation is reported as done whatever the database says of it, and tickets go on being sold.",
			Parts: []string{"Events"},
			mutate: func(p *app.Parts) {
				aroundEvents(p, func(e httpapi.Events, _ events.World) httpapi.Events { return reassuring{e} })
			},
		},
		{
			Name: "version-not-compared", Breaks: "contract.write.if-match",
			Sees:  "Two people edit one event, and the second one's save undoes the first one's unseen.",
			Parts: []string{"Events"},
			mutate: func(p *app.Parts) {
				aroundEvents(p, func(e httpapi.Events, _ events.World) httpapi.Events { return careless{e} })
			},
		},
		{
			Name: "venue-of-change-not-asked", Breaks: "contract.venue.known", Latent: true,
			Sees:  "An event can be moved to a venue that nobody knows, or to another tenant's.",
			Parts: []string{"Events"},
			mutate: func(p *app.Parts) {
				aroundEvents(p, func(e httpapi.Events, w events.World) httpapi.Events {
					w.Venues = anywhere{}
					return unasking{e, events.NewService(w)}
				})
			},
		},
	}
}

// withParameter has the server set a parameter for each session of a URL.
func withParameter(dsn, name, value string) string {
	u, err := url.Parse(dsn)
	if err != nil {
		return dsn // the pool says so
	}
	query := u.Query()
	query.Set(name, value)
	u.RawQuery = query.Encode()
	return u.String()
}

// optimistic waits a moment for a write, then believes in it.
type optimistic struct{ events.Repository }

// shortWhile is more than an insert takes on a good day.
const shortWhile = time.Second

func (o optimistic) Insert(ctx context.Context, tenant tenancy.ID, e events.Event, key events.Key) (events.Event, bool, error) {
	type outcome struct {
		stored   events.Event
		replayed bool
		err      error
	}
	done := make(chan outcome, 1)
	go func() {
		stored, replayed, err := o.Repository.Insert(ctx, tenant, e, key)
		done <- outcome{stored, replayed, err}
	}()
	timeout := time.NewTimer(shortWhile)
	defer timeout.Stop()
	select {
	case was := <-done:
		return was.stored, was.replayed, was.err
	case <-timeout.C:
		return e, false, nil
	}
}

// hopeful takes "nobody knows" for yes.
type hopeful struct{ events.Repository }

func (h hopeful) Insert(ctx context.Context, tenant tenancy.ID, e events.Event, key events.Key) (events.Event, bool, error) {
	stored, replayed, err := h.Repository.Insert(ctx, tenant, e, key)
	if undecided(err) {
		return e, false, nil
	}
	return stored, replayed, err
}

// undecided tells that nobody knows whether a write has taken effect.
func undecided(err error) bool {
	var gone *events.Unavailable
	var late *events.TimedOut
	return errors.As(err, &late) || errors.As(err, &gone) && gone.Unknown
}

// buffered keeps in memory what the database cannot take, and writes it with
// the next create that succeeds.
type buffered struct {
	events.Repository

	mu      sync.Mutex
	waiting []held
}

type held struct {
	tenant tenancy.ID
	event  events.Event
	key    events.Key
}

func (b *buffered) Insert(ctx context.Context, tenant tenancy.ID, e events.Event, key events.Key) (events.Event, bool, error) {
	stored, replayed, err := b.Repository.Insert(ctx, tenant, e, key)
	var gone *events.Unavailable
	if errors.As(err, &gone) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.waiting = append(b.waiting, held{tenant, e, key})
		return e, false, nil
	}
	if err == nil {
		b.flush(ctx)
	}
	return stored, replayed, err
}

// flush gives up what fails a second time.
func (b *buffered) flush(ctx context.Context) {
	b.mu.Lock()
	late := b.waiting
	b.waiting = nil
	b.mu.Unlock()
	for _, w := range late {
		_, _, _ = b.Repository.Insert(ctx, w.tenant, w.event, w.key)
	}
}

// hoarding changes what it has seen last, where it cannot change what is.
type hoarding struct {
	events.Repository
	seen sync.Map // of events, by id
}

func (r *hoarding) Insert(ctx context.Context, tenant tenancy.ID, e events.Event, key events.Key) (events.Event, bool, error) {
	stored, replayed, err := r.Repository.Insert(ctx, tenant, e, key)
	if err == nil {
		r.seen.Store(stored.ID, stored)
	}
	return stored, replayed, err
}

func (r *hoarding) Load(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (events.Event, error) {
	e, err := r.Repository.Load(ctx, tenant, id)
	if seen, found := r.seen.Load(id); found && away(err) {
		return seen.(events.Event), nil
	}
	return e, err
}

func (r *hoarding) Change(ctx context.Context, tenant tenancy.ID, id uuid.UUID, change func(events.Event) (events.Event, error)) (events.Event, error) {
	e, err := r.Repository.Change(ctx, tenant, id, change)
	if seen, found := r.seen.Load(id); found && away(err) {
		return change(seen.(events.Event))
	}
	return e, err
}

func away(err error) bool {
	var gone *events.Unavailable
	var late *events.TimedOut
	return errors.As(err, &gone) || errors.As(err, &late)
}

// reassuring shows as cancelled what could not be cancelled, if it can show it.
type reassuring struct{ httpapi.Events }

func (r reassuring) Cancel(ctx context.Context, tenant tenancy.ID, id uuid.UUID, version int64) (events.Event, error) {
	e, err := r.Events.Cancel(ctx, tenant, id, version)
	if !away(err) {
		return e, err
	}
	known, unread := r.Events.Get(ctx, tenant, id)
	if unread != nil {
		return e, err
	}
	known.Status = events.Cancelled
	return known, nil
}

// careless does not look which version the caller has seen.
type careless struct{ httpapi.Events }

func (c careless) Update(ctx context.Context, tenant tenancy.ID, id uuid.UUID, _ int64, d events.Details) (events.Event, error) {
	return c.Events.Update(ctx, tenant, id, events.AnyVersion, d)
}

// anywhere knows every venue.
type anywhere struct{}

func (anywhere) Check(context.Context, tenancy.ID, string) error { return nil }

// unasking changes events in a world that knows every venue.
type unasking struct {
	httpapi.Events
	changed httpapi.Events
}

func (c unasking) Update(ctx context.Context, tenant tenancy.ID, id uuid.UUID, version int64, d events.Details) (events.Event, error) {
	return c.changed.Update(ctx, tenant, id, version, d)
}
