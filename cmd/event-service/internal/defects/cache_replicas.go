package defects

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"

	"github.com/runproof/runproof/cmd/event-service/internal/cache"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

// lazy tells a Redis that was lost what has changed when it is asked for the key again,
// and not before.
type lazy struct {
	cache.Memory
	client redis.Cmdable

	mu      sync.Mutex
	pending map[string]bool
}

func (l *lazy) Get(ctx context.Context, key string) []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.pending[key] {
		return l.Memory.Get(ctx, key)
	}
	if l.client.Ping(ctx).Err() == nil {
		l.Memory.Forget(ctx, []string{key})
		delete(l.pending, key)
	}
	return nil
}

func (l *lazy) Fill(ctx context.Context, key string, value []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.pending[key] {
		l.Memory.Fill(ctx, key, value)
	}
}

func (l *lazy) Forget(ctx context.Context, keys []string) {
	if l.client.Ping(ctx).Err() == nil {
		l.Memory.Forget(ctx, keys)
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, key := range keys {
		l.pending[key] = true
	}
}

// copiedFor is for how long a process trusts its own copy.
const copiedFor = 3 * time.Second

// copying keeps what it has read in the process, and drops what it changes itself.
type copying struct {
	events.Reader

	mu      sync.Mutex
	changes int
	copies  map[uuid.UUID]kept
}

type kept struct {
	event events.Event
	at    time.Time
}

func (c *copying) Get(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (events.Event, error) {
	c.mu.Lock()
	copied, changes := c.copies[id], c.changes
	c.mu.Unlock()
	if copied.event.TenantID == tenant && time.Since(copied.at) < copiedFor {
		return copied.event, nil
	}
	e, err := c.Reader.Get(ctx, tenant, id)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil && c.changes == changes {
		c.copies[id] = kept{e, time.Now()}
	}
	return e, err
}

func (c *copying) Changed(ctx context.Context, tenant tenancy.ID, id uuid.UUID, venues []string) {
	c.mu.Lock()
	c.changes++
	delete(c.copies, id)
	c.mu.Unlock()
	c.Reader.Changed(ctx, tenant, id, venues)
}
