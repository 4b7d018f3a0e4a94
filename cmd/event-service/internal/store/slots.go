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

// SlotState counts the requests at the pool.
type SlotState struct {
	Max, InUse, Waiting int
}

// Bounded lets max requests use the pool at once and the others wait for a
// while. It stands before the pool, so that "every connection is taken" and
// "the database does not answer a dial" stay two different things.
type Bounded struct {
	max      int
	patience time.Duration
	places   *semaphore.Weighted
	inUse    atomic.Int64
	waiting  atomic.Int64
}

// NewBounded makes size places; a request waits for one at most patience.
func NewBounded(size int, patience time.Duration) *Bounded {
	return &Bounded{max: size, patience: patience, places: semaphore.NewWeighted(int64(size))}
}

// Take implements Slots.
func (b *Bounded) Take(ctx context.Context) (func(), error) {
	// Runbook: Database Connection Issues: the pool can be exhausted, and is shown to be.
	if !b.places.TryAcquire(1) {
		b.waiting.Add(1)
		defer b.waiting.Add(-1)
		limited, cancel := context.WithTimeout(ctx, b.patience)
		defer cancel()
		if err := b.places.Acquire(limited, 1); err != nil {
			if errors.Is(ctx.Err(), context.Canceled) {
				return nil, ctx.Err() // nobody is waiting for the answer
			}
			return nil, fmt.Errorf("%w within %s: all %d are in use", ErrNoFreeConnection, b.patience, b.max)
		}
	}
	b.inUse.Add(1)
	return func() {
		b.inUse.Add(-1)
		b.places.Release(1)
	}, nil
}

// State implements Slots.
func (b *Bounded) State() SlotState {
	return SlotState{Max: b.max, InUse: int(b.inUse.Load()), Waiting: int(b.waiting.Load())}
}
