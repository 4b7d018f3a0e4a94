// Package cache keeps Redis at arm's length: short deadlines, no retries, and
// a service that goes on without it. It holds copies of events, answers to
// keyed requests and the counters of the rate limit, all of which can be lost.
package cache

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/runproof/runproof/cmd/event-service/internal/logging"
)

// dependency is the name of Redis in logs and health.
const dependency = "redis"

// timeout bounds every command, and every step of it. A Redis in the same
// network answers within a millisecond; one that needs longer than this is
// slower than Postgres, which it saves.
const timeout = 200 * time.Millisecond

// NewClient makes a client that fails fast. With go-redis' own defaults a
// refused command takes 1.7 s and a lost one 20 s, and a context's deadline is
// not kept. It dials nothing yet.
func NewClient(url string) (*redis.Client, error) {
	o, err := redis.ParseURL(url)
	if err != nil {
		return nil, errors.New("redis: not a Redis URL")
	}
	o.MaxRetries = -1
	o.DialerRetries = 1
	o.ContextTimeoutEnabled = true
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout, o.PoolTimeout = timeout, timeout, timeout, timeout
	o.ClientName = "event-service"
	o.DisableIdentity = true
	silence()
	return redis.NewClient(o), nil
}

// silence turns off go-redis' own log, which is global, goes to stderr and is
// no JSON; the gate and health log what fails.
var silence = sync.OnceFunc(func() { redis.SetLogger(nothing{}) })

type nothing struct{}

// Printf implements go-redis' logging interface.
func (nothing) Printf(context.Context, string, ...any) {}

// Ping tells whether Redis answers.
type Ping struct{ Client *redis.Client }

// Ping is one round trip.
func (p Ping) Ping(ctx context.Context) error {
	if err := p.Client.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("ping: %w", err)
	}
	return nil
}

// rest is how long Redis is left alone after a command that got no answer:
// long enough that a lost Redis costs few requests their timeout, short
// enough that it is found again soon.
const rest = time.Second

// ErrResting is a command that was not sent.
var ErrResting = errors.New("redis is left alone for a moment")

// Gate lets commands through to Redis, each within its timeout, and none for
// a moment after one that got no answer.
type Gate struct {
	log   *slog.Logger
	now   func() time.Time
	until atomic.Int64 // nanoseconds; no command before
}

// NewGate makes an open gate.
func NewGate(log *slog.Logger, now func() time.Time) *Gate { return &Gate{log: log, now: now} }

// Do sends one command, or a pipeline of them. It does not end with the
// request that asked, since others profit from what it does. An error of
// Redis itself (out of memory, read only, a value of another type) is an
// answer: it is logged as well, and the next command is sent.
func (g *Gate) Do(ctx context.Context, what string, command func(context.Context) error) error {
	if g.now().UnixNano() < g.until.Load() {
		return ErrResting
	}
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), timeout)
	defer cancel()
	err := command(within)
	if err == nil || errors.Is(err, redis.Nil) {
		return err
	}
	var answered redis.Error
	if !errors.As(err, &answered) {
		g.until.Store(g.now().Add(rest).UnixNano())
	}
	g.log.WarnContext(ctx, "Going on without Redis: "+logging.Failure(dependency, err), "doing", what, logging.Error(err))
	return err
}
