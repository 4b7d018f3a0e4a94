package cache

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/singleflight"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

// Keys names what is cached. The patterns are the runbook's ("Cache
// Invalidation"); each name holds the tenant, so that no tenant can meet
// another one's copy.
type Keys interface {
	Event(tenant tenancy.ID, id uuid.UUID) string
	Venue(tenant tenancy.ID, venue string) string
}

// RunbookKeys are the keys that the runbook clears.
type RunbookKeys struct{}

// Event is the key of one event.
func (RunbookKeys) Event(tenant tenancy.ID, id uuid.UUID) string {
	// Runbook: Cache Invalidation: event:*.
	return "event:" + string(tenant) + ":" + id.String()
}

// Venue is the key of the first page of a venue's events.
func (RunbookKeys) Venue(tenant tenancy.ID, venue string) string {
	// Runbook: Cache Invalidation: venue:events:*.
	return "venue:events:" + string(tenant) + ":" + venue
}

// Source is where events are read that are not in memory.
type Source interface {
	Load(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (events.Event, error)
	List(ctx context.Context, tenant tenancy.ID, f events.Filter) (events.Page, error)
}

// Observer counts; kind is event or venue.
type Observer interface {
	CacheHit(kind string)
	CacheMiss(kind string)
}

// Reader is an events.Reader that reads through a memory.
type Reader struct {
	source   Source
	memory   Memory
	keys     Keys
	observer Observer
	deadline time.Duration
	log      *slog.Logger
	inFlight singleflight.Group
}

// NewReader makes a reader. One read of the source takes at most deadline,
// whoever waits for it.
func NewReader(source Source, memory Memory, keys Keys, observer Observer, deadline time.Duration, log *slog.Logger) *Reader {
	return &Reader{source: source, memory: memory, keys: keys, observer: observer, deadline: deadline, log: log}
}

// Get implements events.Reader.
func (r *Reader) Get(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (events.Event, error) {
	own := func(e events.Event) bool { return e.TenantID == tenant && e.ID == id }
	return through(ctx, r, "event", r.keys.Event(tenant, id), own, func(ctx context.Context) (events.Event, error) {
		return r.source.Load(ctx, tenant, id)
	})
}

// List implements events.Reader. Only the first page of a venue is kept:
// that is what people look at, and one key is what the runbook clears.
func (r *Reader) List(ctx context.Context, tenant tenancy.ID, f events.Filter) (events.Page, error) {
	if f != (events.Filter{VenueID: f.VenueID, Limit: events.DefaultPage}) || f.VenueID == "" {
		return r.source.List(ctx, tenant, f)
	}
	own := func(p events.Page) bool {
		for _, e := range p.Items {
			if e.TenantID != tenant || e.VenueID != f.VenueID {
				return false
			}
		}
		return true
	}
	return through(ctx, r, "venue", r.keys.Venue(tenant, f.VenueID), own, func(ctx context.Context) (events.Page, error) {
		return r.source.List(ctx, tenant, f)
	})
}

// Changed implements events.Reader. Reads that are under way may have read
// too early: nobody else joins them.
func (r *Reader) Changed(ctx context.Context, tenant tenancy.ID, id uuid.UUID, venues []string) {
	keys := []string{r.keys.Event(tenant, id)}
	for _, v := range venues {
		keys = append(keys, r.keys.Venue(tenant, v))
	}
	for _, key := range keys {
		r.inFlight.Forget(key)
	}
	r.memory.Forget(ctx, keys)
}

// through reads a value from memory, else once from the source for everybody
// who asks meanwhile. A value that is not the tenant's own (row level security
// may be off beneath us) is answered, since Postgres is the guard, but not
// kept: the memory must not outlive the mistake.
func through[T any](ctx context.Context, r *Reader, kind, key string, own func(T) bool, read func(context.Context) (T, error)) (T, error) {
	var zero T
	if b := r.memory.Get(ctx, key); b != nil {
		var v T
		if err := json.Unmarshal(b, &v); err == nil && own(v) {
			r.observer.CacheHit(kind)
			return v, nil
		}
		r.log.WarnContext(ctx, "A cached value cannot be read and is thrown away", "key", key)
		r.memory.Discard(ctx, key)
	}
	r.observer.CacheMiss(kind)
	flight := r.inFlight.DoChan(key, func() (any, error) {
		// The first to ask may leave; the others still wait.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.deadline)
		defer cancel()
		v, err := read(ctx)
		if err != nil {
			return zero, err
		}
		if b, err := json.Marshal(v); err == nil && own(v) {
			r.memory.Fill(ctx, key, b)
		}
		return v, nil
	})
	select {
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.Canceled) {
			return zero, ctx.Err()
		}
		// The source runs into the same deadline and says what it waited for.
		done := <-flight
		return value[T](done)
	case done := <-flight:
		return value[T](done)
	}
}

func value[T any](done singleflight.Result) (T, error) {
	v, _ := done.Val.(T)
	return v, done.Err
}

// Direct is an events.Reader without any memory.
type Direct struct{ Source }

// Get implements events.Reader.
func (d Direct) Get(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (events.Event, error) {
	return d.Load(ctx, tenant, id)
}

// Changed implements events.Reader.
func (Direct) Changed(context.Context, tenancy.ID, uuid.UUID, []string) {}
