package cache

import (
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// Memory is the cache as plain bytes under keys. Fill and Forget race: a
// reader may have read from Postgres before a change and fill after it. So
// Forget does not delete; it leaves a tombstone for longer than any reader
// takes, and Fill fills nothing that exists.
type Memory interface {
	// Get returns nil for a key that holds nothing of use.
	Get(ctx context.Context, key string) []byte
	// Fill keeps a value unless the key was forgotten a moment ago.
	Fill(ctx context.Context, key string, value []byte)
	// Forget makes Get return nil, also where Redis cannot be told right now.
	Forget(ctx context.Context, keys []string)
	// Discard deletes a value that cannot be read.
	Discard(ctx context.Context, key string)
}

// tombstone is no JSON, so that it cannot be a value.
const tombstone = "-"

// maxPending bounds the keys that Redis could not be told to forget. Beyond it
// the cache is not read at all until Redis has been told.
const maxPending = 1_000

// Shared is a Memory in Redis.
type Shared struct {
	client       redis.Cmdable
	gate         *Gate
	ttl          time.Duration
	tombstoneTTL time.Duration

	mu      sync.Mutex
	pending map[string]struct{}
	// retrying says that what is pending is retried soon.
	retrying bool
}

// retryEvery is how often Redis is told again what it could not be told: other
// processes read the old value there until then. The gate lets one attempt through
// a second while Redis is lost.
const retryEvery = 250 * time.Millisecond

// NewShared makes a memory whose values live for about ttl; tombstoneTTL must be
// longer than the longest request.
func NewShared(client redis.Cmdable, gate *Gate, ttl, tombstoneTTL time.Duration) *Shared {
	return &Shared{client: client, gate: gate, ttl: ttl, tombstoneTTL: tombstoneTTL, pending: map[string]struct{}{}}
}

// Get implements Memory.
func (s *Shared) Get(ctx context.Context, key string) []byte {
	// Runbook: High Latency: hits of the Redis cache.
	if !s.trusted(ctx, key) {
		return nil
	}
	var value []byte
	err := s.gate.Do(ctx, "read "+key, func(ctx context.Context) (err error) {
		value, err = s.client.Get(ctx, key).Bytes()
		return err
	})
	if redis.HasErrorPrefix(err, "WRONGTYPE") {
		// Not a value of ours: it would never end by itself.
		s.Discard(ctx, key)
	}
	if err != nil || string(value) == tombstone {
		return nil
	}
	return value
}

// Fill implements Memory.
func (s *Shared) Fill(ctx context.Context, key string, value []byte) {
	if s.isPending(key) {
		return
	}
	_ = s.gate.Do(ctx, "fill "+key, func(ctx context.Context) error {
		return s.client.SetNX(ctx, key, value, jittered(s.ttl)).Err()
	})
}

// jittered spreads the ends of values that were filled together: a tenth
// around the TTL.
func jittered(ttl time.Duration) time.Duration {
	return ttl - ttl/10 + rand.N(ttl/5+1)
}

// Forget implements Memory. What Redis could not be told to forget this process
// does not read, and the others only until it is told, soon after Redis is back.
func (s *Shared) Forget(ctx context.Context, keys []string) {
	err := s.gate.Do(ctx, "forget", func(ctx context.Context) error {
		_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
			for _, key := range keys {
				p.Set(ctx, key, tombstone, s.tombstoneTTL)
			}
			return nil
		})
		return err
	})
	var refused redis.Error
	if errors.As(err, &refused) {
		// A full Redis takes no tombstones, and no fills either; it deletes.
		err = s.gate.Do(ctx, "forget", func(ctx context.Context) error { return s.client.Del(ctx, keys...).Err() })
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, key := range keys {
		if err == nil {
			delete(s.pending, key)
		} else {
			s.pending[key] = struct{}{}
		}
	}
	s.retryLater()
}

// retryLater retries what is pending, if anything is; s.mu is held.
func (s *Shared) retryLater() {
	if len(s.pending) > 0 && !s.retrying {
		s.retrying = true
		time.AfterFunc(retryEvery, s.retry)
	}
}

func (s *Shared) retry() {
	s.mu.Lock()
	s.retrying = false
	keys := slices.Collect(maps.Keys(s.pending))
	s.mu.Unlock()
	if len(keys) > maxPending {
		s.flushPending(context.Background())
	} else if len(keys) > 0 {
		s.Forget(context.Background(), keys)
	}
}

// Discard implements Memory.
func (s *Shared) Discard(ctx context.Context, key string) {
	_ = s.gate.Do(ctx, "discard "+key, func(ctx context.Context) error { return s.client.Del(ctx, key).Err() })
}

// trusted tells whether what Redis has under a key may be read. A key that it
// still has to be told about is told now, and read the next time.
func (s *Shared) trusted(ctx context.Context, key string) bool {
	if s.overflowed() {
		s.flushPending(ctx)
		return false
	}
	if s.isPending(key) {
		s.Forget(ctx, []string{key})
		return false
	}
	return true
}

func (s *Shared) isPending(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, is := s.pending[key]
	return is
}

func (s *Shared) overflowed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.pending) > maxPending
}

// flushPending catches up in one pipeline after a long absence of Redis.
func (s *Shared) flushPending(ctx context.Context) {
	s.mu.Lock()
	keys := slices.Collect(maps.Keys(s.pending))
	s.mu.Unlock()
	err := s.gate.Do(ctx, "forget what has changed meanwhile", func(ctx context.Context) error {
		return s.client.Del(ctx, keys...).Err()
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil || errors.Is(err, redis.Nil) {
		for _, key := range keys {
			delete(s.pending, key)
		}
	}
	s.retryLater()
}
