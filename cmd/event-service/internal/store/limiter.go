package store

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"
)

// ErrNoFreeConnection is a pool that stayed exhausted for too long.
var ErrNoFreeConnection = errors.New("no free connection")

// LimiterState counts the requests at the pool.
type LimiterState struct {
	Max, InUse, Waiting int
}

// Semaphore lets max requests use the pool at once and the others wait for a
// while. It stands before the pool, so that "every connection is taken" and
// "the database does not answer a dial" stay two different things.
type Semaphore struct {
	max     int
	timeout time.Duration
	places  *semaphore.Weighted
	inUse   atomic.Int64
	waiting atomic.Int64
}

// NewSemaphore makes size places; a request waits for one at most timeout.
func NewSemaphore(size int, timeout time.Duration) *Semaphore {
	return &Semaphore{max: size, timeout: timeout, places: semaphore.NewWeighted(int64(size))}
}

// Acquire implements Slots.
func (b *Semaphore) Acquire(ctx context.Context) (func(), error) {
	// Runbook: Database Connection Issues: the pool can be exhausted, and is shown to be.
	if !b.places.TryAcquire(1) {
		b.waiting.Add(1)
		defer b.waiting.Add(-1)
		limited, cancel := context.WithTimeout(ctx, b.timeout)
		defer cancel()
		if err := b.places.Acquire(limited, 1); err != nil {
			if errors.Is(ctx.Err(), context.Canceled) {
				return nil, ctx.Err() // nobody is waiting for the answer
			}
			return nil, fmt.Errorf("%w within %s: all %d are in use", ErrNoFreeConnection, b.timeout, b.max)
		}
	}
	b.inUse.Add(1)
	return func() {
		b.inUse.Add(-1)
		b.places.Release(1)
	}, nil
}

// State implements Slots.
func (b *Semaphore) State() LimiterState {
	return LimiterState{Max: b.max, InUse: int(b.inUse.Load()), Waiting: int(b.waiting.Load())}
}
