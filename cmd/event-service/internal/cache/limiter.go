package cache

import (
	"context"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

// limitPrefix is under the pattern that the runbook calls "all event-service
// cache"; clearing it gives everybody a fresh start.
//
// Runbook: Cache Invalidation: event-service:*.
const limitPrefix = "event-service:ratelimit:"

// window is what a rate limit counts in.
const window = time.Second

// Limiter counts each tenant's requests in Redis, so that all replicas count
// together. Without Redis nobody is limited: a lost cache must not turn
// callers away.
type Limiter struct {
	client redis.Cmdable
	gate   *Gate
	limit  int64 // requests in a window; zero is no limit
	now    func() time.Time
}

// NewLimiter makes a limiter of limit requests a second for each tenant.
func NewLimiter(client redis.Cmdable, gate *Gate, limit int, now func() time.Time) *Limiter {
	return &Limiter{client: client, gate: gate, limit: int64(limit), now: now}
}

// Allow counts one request. When it is one too many, retryAfter is the time
// until the next window.
func (l *Limiter) Allow(ctx context.Context, tenant tenancy.ID) (allowed bool, retryAfter time.Duration) {
	if l.limit == 0 {
		return true, 0
	}
	now := l.now()
	start := now.Truncate(window)
	key := limitPrefix + string(tenant) + ":" + strconv.FormatInt(start.Unix(), 10)
	var count *redis.IntCmd
	err := l.gate.Do(ctx, "count a request", func(ctx context.Context) error {
		_, err := l.client.Pipelined(ctx, func(p redis.Pipeliner) error {
			count = p.Incr(ctx, key)
			p.Expire(ctx, key, 2*window)
			return nil
		})
		return err
	})
	if err != nil || count.Val() <= l.limit {
		return true, 0
	}
	return false, start.Add(window).Sub(now)
}
