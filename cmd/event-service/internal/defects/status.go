package defects

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"
	"golang.org/x/sync/singleflight"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/store"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

func statusDefects() []Defect {
	return []Defect{
		{
			Name: "unavailable-is-untyped", Breaks: "database.symptom.503", Latent: true,
			Sees:  "A database that is down is answered with 500, and callers do not try again.",
			Parts: []string{"Repository"},
			mutate: func(p *app.Parts) {
				aroundRepository(p, func(r events.Repository) events.Repository { return translated{r, untyped} })
			},
		},
		{
			Name: "lost-connection-is-untyped", Breaks: "contract.status.internal", Latent: true,
			Sees:  "A request whose connection the database ends is answered with 500, and callers do not try again; who gets none is told 503.",
			Parts: []string{"Repository"},
			mutate: func(p *app.Parts) {
				aroundRepository(p, func(r events.Repository) events.Repository { return translated{r, lostIsUntyped} })
			},
		},
		{
			Name: "shared-failure-is-untyped", Breaks: "contract.status.internal", Latent: true,
			Sees:  "While the database is down or slow, who asks what another is asking already is answered with 500; who asks alone is told 503 or 504.",
			Parts: []string{"Reader"},
			mutate: func(p *app.Parts) {
				aroundReader(p, func(r events.Reader, _ app.ReaderParts) events.Reader { return &joining{Reader: r} })
			},
		},
		{
			Name: "failure-is-not-found", Breaks: "contract.status.absent", Latent: true,
			Sees:  "While the database is down, an event that exists is answered with 404: its caller forgets it.",
			Parts: []string{"Repository"},
			mutate: func(p *app.Parts) {
				aroundRepository(p, func(r events.Repository) events.Repository { return oblivious{r} })
			},
		},
		{
			Name: "timeout-is-unavailable", Breaks: "latency.symptom.504", Latent: true,
			Sees:  "A slow database is answered with 503, as if it were down.",
			Parts: []string{"Repository"},
			mutate: func(p *app.Parts) {
				aroundRepository(p, func(r events.Repository) events.Repository { return translated{r, lateIsGone} })
			},
		},
		{
			Name: "refusal-is-unavailable", Breaks: "creation.symptom.500", Latent: true,
			Sees:  "A database that refuses for good, a right that is lost say, is answered with 503, and callers try again for ever.",
			Parts: []string{"Repository"},
			mutate: func(p *app.Parts) {
				aroundRepository(p, func(r events.Repository) events.Repository { return translated{r, refusedIsGone} })
			},
		},
		{
			Name: "broken-rule-is-untyped", Breaks: "creation.symptom.validation-errors",
			Sees:  "A bad event is answered with 500 and no field errors.",
			Parts: []string{"Events"},
			mutate: func(p *app.Parts) {
				aroundEvents(p, func(e httpapi.Events, _ events.World) httpapi.Events { return vague{e} })
			},
		},
		{
			Name: "status-before-work", Breaks: "contract.status.body", Latent: true,
			Sees:   "A list that fails is answered with 200 and an error in its body.",
			Parts:  []string{"Handler", "Events"},
			mutate: statusBeforeWork,
		},
		{
			Name: "redis-outage-is-unauthorized", Breaks: "contract.redis.optional", Latent: true,
			Sees:   "A lost Redis turns every caller away with 401: the list of revoked tokens cannot be read.",
			Parts:  []string{"Redis", "Tokens"},
			mutate: revocations,
		},
	}
}

// translated is a repository whose errors go through a function.
type translated struct {
	events.Repository
	translate func(error) error
}

func (t translated) Insert(ctx context.Context, tenant tenancy.ID, e events.Event, key events.Key) (events.Event, bool, error) {
	e, replayed, err := t.Repository.Insert(ctx, tenant, e, key)
	return e, replayed, t.translate(err)
}

func (t translated) Replay(ctx context.Context, tenant tenancy.ID, key events.Key) (events.Event, bool, error) {
	e, found, err := t.Repository.Replay(ctx, tenant, key)
	return e, found, t.translate(err)
}

func (t translated) Load(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (events.Event, error) {
	e, err := t.Repository.Load(ctx, tenant, id)
	return e, t.translate(err)
}

func (t translated) Change(ctx context.Context, tenant tenancy.ID, id uuid.UUID, change func(events.Event) (events.Event, error)) (events.Event, error) {
	e, err := t.Repository.Change(ctx, tenant, id, change)
	return e, t.translate(err)
}

func (t translated) List(ctx context.Context, tenant tenancy.ID, f events.Filter) (events.Page, error) {
	p, err := t.Repository.List(ctx, tenant, f)
	return p, t.translate(err)
}

// untyped keeps the words of an error and forgets its kind.
func untyped(err error) error {
	var gone *events.Unavailable
	if errors.As(err, &gone) {
		return errors.New(err.Error())
	}
	return err
}

// lostIsUntyped knows a connection that cannot be had, and none that ends.
func lostIsUntyped(err error) error {
	var connecting *pgconn.ConnectError
	if errors.As(err, &connecting) || errors.Is(err, store.ErrNoFreeConnection) {
		return err
	}
	return untyped(err)
}

// joining lets equal reads of a tenant share one query. Who joins is told of its
// failure in words.
type joining struct {
	events.Reader
	inFlight singleflight.Group
}

func (j *joining) Get(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (events.Event, error) {
	return joined(&j.inFlight, fmt.Sprint(tenant, id), func() (events.Event, error) { return j.Reader.Get(ctx, tenant, id) })
}

func (j *joining) List(ctx context.Context, tenant tenancy.ID, f events.Filter) (events.Page, error) {
	return joined(&j.inFlight, fmt.Sprint(tenant, f), func() (events.Page, error) { return j.Reader.List(ctx, tenant, f) })
}

func joined[T any](inFlight *singleflight.Group, key string, read func() (T, error)) (T, error) {
	leads := false
	v, err, _ := inFlight.Do(key, func() (any, error) {
		leads = true
		return read()
	})
	if err != nil && !leads && !errors.Is(err, events.ErrNotFound) {
		err = errors.New(err.Error())
	}
	found, _ := v.(T)
	return found, err
}

// oblivious is a repository that takes every failure to load for an absence.
type oblivious struct{ events.Repository }

func (f oblivious) Load(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (events.Event, error) {
	e, err := f.Repository.Load(ctx, tenant, id)
	if err != nil {
		err = events.ErrNotFound
	}
	return e, err
}

// lateIsGone knows one kind of failure.
func lateIsGone(err error) error {
	var late *events.TimedOut
	if errors.As(err, &late) {
		return &events.Unavailable{Dependency: late.Dependency, Unknown: true, Err: late.Err}
	}
	return err
}

// refusedIsGone takes whatever the database says for its absence.
func refusedIsGone(err error) error {
	var said *pgconn.PgError
	var late *events.TimedOut
	if errors.As(err, &said) && !errors.As(err, &late) {
		return &events.Unavailable{Dependency: "database", Err: err}
	}
	return err
}

// vague forgets that an input was at fault.
type vague struct{ httpapi.Events }

func (v vague) Create(ctx context.Context, tenant tenancy.ID, d events.Details, key events.Key) (events.Event, bool, error) {
	e, replayed, err := v.Events.Create(ctx, tenant, d, key)
	var invalid *events.Invalid
	if errors.As(err, &invalid) {
		err = errors.New(err.Error())
	}
	return e, replayed, err
}

type writerKey struct{}

// statusBeforeWork streams lists: the header goes out before the first row is
// there, so that no error can change it any more.
func statusBeforeWork(p *app.Parts) {
	aroundHandler(p, func(honest http.Handler, _ httpapi.Parts) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			honest.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), writerKey{}, w)))
		})
	})
	aroundEvents(p, func(e httpapi.Events, _ events.World) httpapi.Events { return streaming{e} })
}

type streaming struct{ httpapi.Events }

func (s streaming) List(ctx context.Context, tenant tenancy.ID, f events.Filter) (events.Page, error) {
	if w, ok := ctx.Value(writerKey{}).(http.ResponseWriter); ok {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusOK)
	}
	return s.Events.List(ctx, tenant, f)
}
