package cache_test

import (
	"bytes"
	"context"
	"log/slog"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"github.com/runproof/runproof/cmd/event-service/internal/cache"
)

const (
	ttl          = time.Minute
	tombstoneTTL = 6 * time.Second
)

// world is a memory in a Redis of its own, with a clock that stands still.
type world struct {
	*cache.Shared
	redis  *miniredis.Miniredis
	client *redis.Client
	gate   *cache.Gate
	log    bytes.Buffer
	now    time.Time
}

func newWorld(t *testing.T) *world {
	w := &world{redis: miniredis.RunT(t), now: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)}
	client, err := cache.NewClient("redis://" + w.redis.Addr())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	w.client = client
	w.gate = cache.NewGate(slog.New(slog.NewTextHandler(&w.log, nil)), func() time.Time { return w.now })
	w.Shared = cache.NewShared(client, w.gate, ttl, tombstoneTTL)
	return w
}

// holds checks what Get returns; empty is nothing.
func (w *world) holds(t *testing.T, key, want string) {
	t.Helper()
	if got := string(w.Get(t.Context(), key)); got != want {
		t.Errorf("%s holds %q, want %q", key, got, want)
	}
}

func TestFilledValuesLiveForAWhile(t *testing.T) {
	w := newWorld(t)
	w.holds(t, "k", "")
	w.Fill(t.Context(), "k", []byte("1"))
	w.holds(t, "k", "1")
	if left := w.redis.TTL("k"); left < ttl-ttl/10 || left > ttl+ttl/10 {
		t.Errorf("lives for %s, want %s or a tenth more or less", left, ttl)
	}
	w.redis.FastForward(ttl + ttl/10 + time.Second)
	w.holds(t, "k", "")
}

// A reader that has read before a change fills after it.
func TestALateFillDoesNotBringBackWhatChanged(t *testing.T) {
	w := newWorld(t)
	w.Fill(t.Context(), "k", []byte("old"))
	w.Forget(t.Context(), []string{"k", "never filled"})
	w.holds(t, "k", "")
	w.Fill(t.Context(), "k", []byte("old"))
	w.holds(t, "k", "")
	w.redis.FastForward(tombstoneTTL + time.Second)
	w.Fill(t.Context(), "k", []byte("new"))
	w.holds(t, "k", "new")
}

// What Redis could not be told about is not read here, even when Redis is
// back with the old value.
func TestAChangeDuringAnOutageIsNotUndoneByItsEnd(t *testing.T) {
	w := newWorld(t)
	w.Fill(t.Context(), "k", []byte("old"))
	w.redis.SetError("LOADING")
	w.Forget(t.Context(), []string{"k"})
	w.redis.SetError("")
	w.holds(t, "k", "") // Redis is told now
	w.holds(t, "k", "")
	w.redis.FastForward(tombstoneTTL + time.Second)
	w.Fill(t.Context(), "k", []byte("new"))
	w.holds(t, "k", "new")
}

// Another process would read the old value: nobody has to ask this one for the key.
// By hand: without retryLater in Forget it stays.
func TestRedisIsToldOnceItIsBack(t *testing.T) {
	w := newWorld(t)
	w.Fill(t.Context(), "k", []byte("old"))
	w.redis.SetError("LOADING")
	w.Forget(t.Context(), []string{"k"})
	w.redis.SetError("")
	told := func() bool {
		value, err := w.redis.Get("k")
		return err == nil && value != "old"
	}
	for until := time.Now().Add(10 * time.Second); !told(); <-time.After(10 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatal("the old value is still there")
		}
	}
}

func TestALongOutageIsCaughtUpWith(t *testing.T) {
	w := newWorld(t)
	w.Fill(t.Context(), "k", []byte("old"))
	keys := []string{"k"}
	for i := range 1_000 {
		keys = append(keys, strconv.Itoa(i))
	}
	w.redis.SetError("LOADING")
	w.Forget(t.Context(), keys)
	w.redis.SetError("")
	w.now = w.now.Add(2 * time.Second)
	w.holds(t, "other", "")
	w.holds(t, "k", "")
	w.Fill(t.Context(), "k", []byte("new"))
	w.holds(t, "k", "new")
}

// Every way in which Redis fails is a miss, and the log says why.
func TestRedisFails(t *testing.T) {
	for name, c := range map[string]struct {
		fail func(*world)
		log  string
	}{
		"refused":   {func(w *world) { w.redis.Close() }, "ECONNREFUSED"},
		"full":      {func(w *world) { w.redis.SetError("OOM command not allowed when used memory > 'maxmemory'") }, "OOM"},
		"read only": {func(w *world) { w.redis.SetError("READONLY You can't write against a read only replica.") }, "READONLY"},
		"a list":    {func(w *world) { _, _ = w.redis.Push("k", "x") }, "WRONGTYPE"},
	} {
		w := newWorld(t)
		c.fail(w)
		w.holds(t, "k", "")
		w.Fill(t.Context(), "k", []byte("1"))
		w.Forget(t.Context(), []string{"k"})
		if !strings.Contains(w.log.String(), c.log) || !strings.Contains(w.log.String(), "Going on without Redis") {
			t.Errorf("%s: log %s", name, w.log.String())
		}
	}
}

// It must not stay: a value of another type never ends by itself.
func TestAValueOfAnotherTypeIsThrownAway(t *testing.T) {
	w := newWorld(t)
	if _, err := w.redis.Push("k", "x"); err != nil {
		t.Fatal(err)
	}
	w.holds(t, "k", "")
	w.Fill(t.Context(), "k", []byte("1"))
	w.holds(t, "k", "1")
}

func TestALostRedisIsLeftAloneForAMoment(t *testing.T) {
	w := newWorld(t)
	calls := 0
	hang := func(ctx context.Context) error { calls++; <-ctx.Done(); return ctx.Err() }
	start := time.Now()
	for range 100 {
		if err := w.gate.Do(t.Context(), "test", hang); err == nil {
			t.Fatal("a hang succeeded")
		}
	}
	if took := time.Since(start); calls != 1 || took > time.Second {
		t.Errorf("%d commands in %s, want one that is given up in 200 ms", calls, took)
	}
	w.now = w.now.Add(2 * time.Second)
	if err := w.gate.Do(t.Context(), "test", func(context.Context) error { return nil }); err != nil {
		t.Errorf("after the rest: %v", err)
	}
}

// What others profit from does not end with the request that began it.
func TestACommandOutlivesItsRequest(t *testing.T) {
	w := newWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w.Fill(ctx, "k", []byte("1"))
	w.holds(t, "k", "1")
}
