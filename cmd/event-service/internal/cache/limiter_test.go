package cache_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/runproof/runproof/cmd/event-service/internal/cache"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

func TestTheLimitIsPerTenantAndSecond(t *testing.T) {
	w := newWorld(t)
	w.now = w.now.Add(700 * time.Millisecond)
	l := cache.NewLimiter(w.client, w.gate, 2, func() time.Time { return w.now })
	allowed := func(tenant tenancy.ID, want bool) {
		t.Helper()
		got, retryAfter := l.Allow(t.Context(), tenant)
		if got != want || !want && retryAfter != 300*time.Millisecond {
			t.Errorf("%s: %v, again in %s", tenant, got, retryAfter)
		}
	}
	allowed("t-1", true)
	allowed("t-1", true)
	allowed("t-1", false)
	allowed("t-2", true)
	w.now = w.now.Add(time.Second)
	allowed("t-1", true)
	w.redis.FastForward(3 * time.Second)
	if keys := w.redis.Keys(); len(keys) != 0 {
		t.Errorf("left behind: %v", keys)
	}
}

func TestNobodyIsLimitedWithoutRedisOrLimit(t *testing.T) {
	w := newWorld(t)
	for range 3 {
		if ok, _ := cache.NewLimiter(w.client, w.gate, 0, time.Now).Allow(t.Context(), "t-1"); !ok {
			t.Error("limited without a limit")
		}
	}
	w.redis.Close()
	for range 3 {
		if ok, _ := cache.NewLimiter(w.client, w.gate, 1, time.Now).Allow(t.Context(), "t-1"); !ok {
			t.Error("limited without Redis")
		}
	}
}

func TestRecords(t *testing.T) {
	w := newWorld(t)
	r := cache.NewRecords(w.client, w.gate)
	key, other := events.NewKey("k", events.Details{Name: "a"}), events.NewKey("k", events.Details{Name: "b"})
	e := events.Event{ID: uuid.New(), TenantID: "t-1", Name: "a"}
	if _, found, err := r.Recall(t.Context(), "t-1", key); found || err != nil {
		t.Errorf("before: %v %v", found, err)
	}
	r.Remember(t.Context(), "t-1", key, e)
	got, found, err := r.Recall(t.Context(), "t-1", key)
	if err != nil || !found {
		t.Errorf("%v %v", found, err)
	}
	if diff := cmp.Diff(e, got); diff != "" {
		t.Errorf("event (-want +got):\n%s", diff)
	}
	if _, _, err := r.Recall(t.Context(), "t-1", other); !errors.Is(err, events.ErrKeyReused) {
		t.Errorf("another request: %v", err)
	}
	if _, found, _ := r.Recall(t.Context(), "t-2", key); found {
		t.Error("another tenant's record")
	}
	if err := w.redis.Set("event-service:idempotency:t-1:k", "<html>"); err != nil {
		t.Fatal(err)
	}
	if _, found, err := r.Recall(t.Context(), "t-1", key); found || err != nil {
		t.Errorf("garbage: %v %v", found, err)
	}
	w.redis.Close()
	if _, found, err := r.Recall(t.Context(), "t-1", key); found || err != nil {
		t.Errorf("without Redis: %v %v", found, err)
	}
}
