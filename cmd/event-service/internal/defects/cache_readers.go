package defects

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/cache"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

// trusting reads one event through the memory and does not look whose it is.
type trusting struct {
	cache.Direct
	memory cache.Memory
	keys   cache.Keys
}

func (t *trusting) Get(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (events.Event, error) {
	var e events.Event
	key := t.keys.Event(tenant, id)
	if b := t.memory.Get(ctx, key); b != nil && json.Unmarshal(b, &e) == nil {
		return e, nil
	}
	e, err := t.Source.Load(ctx, tenant, id)
	if err != nil {
		return e, err
	}
	if b, err := json.Marshal(e); err == nil {
		t.memory.Fill(ctx, key, b)
	}
	return e, nil
}

func (t *trusting) Changed(ctx context.Context, tenant tenancy.ID, id uuid.UUID, venues []string) {
	keys := []string{t.keys.Event(tenant, id)}
	for _, v := range venues {
		keys = append(keys, t.keys.Venue(tenant, v))
	}
	t.memory.Forget(ctx, keys)
}

// openHanded lists a venue's events through the memory, under a key that is the
// venue's alone, and does not look whose they are.
type openHanded struct {
	events.Reader
	memory cache.Memory
}

func (o *openHanded) List(ctx context.Context, tenant tenancy.ID, f events.Filter) (events.Page, error) {
	if f.VenueID == "" {
		return o.Reader.List(ctx, tenant, f)
	}
	var page events.Page
	key := keysWithoutTenant{}.Venue(tenant, f.VenueID)
	if b := o.memory.Get(ctx, key); b != nil && json.Unmarshal(b, &page) == nil {
		return page, nil
	}
	page, err := o.Reader.List(ctx, tenant, f)
	if b, marshalErr := json.Marshal(page); err == nil && marshalErr == nil && len(page.Items) > 0 {
		o.memory.Fill(ctx, key, b)
	}
	return page, err
}

func (o *openHanded) Changed(ctx context.Context, tenant tenancy.ID, id uuid.UUID, venues []string) {
	o.Reader.Changed(ctx, tenant, id, venues)
	for _, v := range venues {
		o.memory.Forget(ctx, []string{keysWithoutTenant{}.Venue(tenant, v)})
	}
}

// unread is a memory that nobody looks into.
type unread struct{ cache.Memory }

func (unread) Get(context.Context, string) []byte { return nil }

// distracted is a memory that does not know what it could not tell Redis to
// forget.
type distracted struct {
	cache.Memory
	client redis.Cmdable
}

func (d distracted) Forget(ctx context.Context, keys []string) {
	if d.client.Ping(ctx).Err() == nil {
		d.Memory.Forget(ctx, keys)
	}
}

// racing is a memory that is filled by whoever read last, and leaves no trace
// of what it has forgotten.
type racing struct {
	cache.Memory
	client redis.Cmdable
}

func (r racing) Fill(ctx context.Context, key string, value []byte) {
	ctx, cancel := context.WithTimeout(ctx, redisTimeout)
	defer cancel()
	_ = r.client.Set(ctx, key, value, time.Minute).Err()
}

func (r racing) Forget(ctx context.Context, keys []string) {
	r.Memory.Forget(ctx, keys)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), redisTimeout)
	defer cancel()
	_ = r.client.Del(ctx, keys...).Err()
}

// redisTimeout bounds what a defect asks of Redis, as the honest service does.
const redisTimeout = 200 * time.Millisecond

// reachable asks Redis for a sign of life.
func reachable(ctx context.Context, client redis.Cmdable) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), redisTimeout)
	defer cancel()
	return client.Ping(ctx).Err()
}

// dependent takes a cache that fails for a read that fails.
type dependent struct {
	events.Reader
	client redis.Cmdable
}

func (d dependent) Get(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (events.Event, error) {
	if err := reachable(ctx, d.client); err != nil {
		return events.Event{}, &events.Unavailable{Dependency: "redis", Err: err}
	}
	return d.Reader.Get(ctx, tenant, id)
}

func (d dependent) List(ctx context.Context, tenant tenancy.ID, f events.Filter) (events.Page, error) {
	if err := reachable(ctx, d.client); err != nil {
		return events.Page{}, &events.Unavailable{Dependency: "redis", Err: err}
	}
	return d.Reader.List(ctx, tenant, f)
}

// recording notes when an event was read last.
type recording struct {
	events.Reader
	client redis.Cmdable
}

func (r recording) Get(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (events.Event, error) {
	e, err := r.Reader.Get(ctx, tenant, id)
	if err != nil {
		return e, err
	}
	noting, cancel := context.WithTimeout(context.WithoutCancel(ctx), redisTimeout)
	defer cancel()
	if err := r.client.Set(noting, "event-service:read:"+id.String(), time.Now().Unix(), time.Minute).Err(); err != nil {
		return events.Event{}, &events.Unavailable{Dependency: "redis", Err: err}
	}
	return e, nil
}

// closed lets nobody through whom it cannot count.
type closed struct {
	httpapi.Limiter
	client redis.Cmdable
}

func (c closed) Allow(ctx context.Context, tenant tenancy.ID) (bool, time.Duration) {
	if reachable(ctx, c.client) != nil {
		return false, time.Second
	}
	return c.Limiter.Allow(ctx, tenant)
}

// fragile expects that what the cache holds can be read.
type fragile struct {
	events.Reader
	parts app.ReaderParts
}

func (f fragile) Get(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (events.Event, error) {
	if b := f.parts.Memory.Get(ctx, f.parts.Keys.Event(tenant, id)); b != nil {
		var e events.Event
		if err := json.Unmarshal(b, &e); err != nil {
			return e, fmt.Errorf("cached event: %w", err)
		}
	}
	return f.Reader.Get(ctx, tenant, id)
}

// hedging answers a list from its own memory when the database takes long.
type hedging struct {
	events.Reader

	mu   sync.Mutex
	last map[listed]events.Page
}

type listed struct {
	tenant tenancy.ID
	filter events.Filter
}

// hedgeAfter is when a list counts as slow.
const hedgeAfter = 300 * time.Millisecond

func (h *hedging) List(ctx context.Context, tenant tenancy.ID, f events.Filter) (events.Page, error) {
	key := listed{tenant, f}
	limited, cancel := context.WithTimeout(ctx, hedgeAfter)
	defer cancel()
	page, err := h.Reader.List(limited, tenant, f)
	h.mu.Lock()
	old, known := h.last[key]
	h.mu.Unlock()
	var late *events.TimedOut
	if errors.As(err, &late) {
		if known {
			return old, nil
		}
		page, err = h.Reader.List(ctx, tenant, f)
	}
	if err == nil {
		h.mu.Lock()
		defer h.mu.Unlock()
		if h.last == nil {
			h.last = map[listed]events.Page{}
		}
		h.last[key] = page
	}
	return page, err
}

// resigned remembers which events it has not found.
type resigned struct {
	events.Reader

	mu      sync.Mutex
	missing map[wanted]time.Time
}

type wanted struct {
	tenant tenancy.ID
	id     uuid.UUID
}

// resignedFor is for how long.
const resignedFor = time.Minute

func (r *resigned) Get(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (events.Event, error) {
	key := wanted{tenant, id}
	r.mu.Lock()
	since, known := r.missing[key]
	r.mu.Unlock()
	if known && time.Since(since) < resignedFor {
		return events.Event{}, events.ErrNotFound
	}
	e, err := r.Reader.Get(ctx, tenant, id)
	if errors.Is(err, events.ErrNotFound) {
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.missing == nil {
			r.missing = map[wanted]time.Time{}
		}
		r.missing[key] = time.Now()
	}
	return e, err
}
