package defects

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/cache"
	"github.com/runproof/runproof/cmd/event-service/internal/config"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

// shelf is a cache.Memory without Redis.
type shelf map[string][]byte

func (s shelf) Get(_ context.Context, key string) []byte         { return s[key] }
func (s shelf) Fill(_ context.Context, key string, value []byte) { s[key] = value }
func (s shelf) Discard(_ context.Context, key string)            { delete(s, key) }
func (s shelf) Forget(_ context.Context, keys []string) {
	for _, key := range keys {
		delete(s, key)
	}
}

// uncounted is an observer that does not count.
type uncounted struct{}

func (uncounted) CacheHit(string)  {}
func (uncounted) CacheMiss(string) {}

// reader is a mutant's, over a source and a memory.
func reader(t *testing.T, name string, source cache.Source, memory shelf) events.Reader {
	t.Helper()
	p := mutated(t, name, nil)
	c := config.Config{Cache: config.Cache{TTL: time.Minute}, Timeouts: config.Timeouts{Request: 3 * time.Second}}
	return p.Reader(c, app.ReaderParts{Source: source, Memory: memory, Keys: p.CacheKeys(), Observer: uncounted{}, Log: discard})
}

func TestTheCacheForgetsTooLittle(t *testing.T) {
	id, venue := uuid.New(), "v"
	keys := cache.RunbookKeys{}
	for name, left := range map[string]int{"cache-never-invalidated": 2, "venue-list-not-invalidated": 1} {
		memory := shelf{keys.Event("a", id): nil, keys.Venue("a", venue): nil}
		reader(t, name, &stub{}, memory).Changed(t.Context(), "a", id, []string{venue})
		if len(memory) != left {
			t.Errorf("%s: %d keys left", name, len(memory))
		}
	}
}

func TestTheListThatAnEventLeftIsKept(t *testing.T) {
	keys := cache.RunbookKeys{}
	left, here := keys.Venue("a", "old"), keys.Venue("a", "new")
	memory := shelf{left: nil, here: nil}
	reader(t, "left-list-not-invalidated", &stub{}, memory).Changed(t.Context(), "a", uuid.New(), []string{"old", "new", "old"})
	if _, kept := memory[left]; !kept || len(memory) != 1 {
		t.Errorf("left are %v", memory)
	}
}

// A Redis that refuses everything can be told nothing.
func TestTheMemoryForgetsWhatItCouldNotTell(t *testing.T) {
	for name, trusts := range map[string]bool{"": false, "changes-untold-to-redis": true, "changes-told-when-read": false} {
		p := app.Honest()
		if name != "" {
			p = mutated(t, name, nil)
		}
		server := miniredis.RunT(t)
		client := redis.NewClient(&redis.Options{Addr: server.Addr()})
		defer func() { _ = client.Close() }()
		c := config.Config{Cache: config.Cache{TTL: time.Minute}, Timeouts: config.Timeouts{Request: time.Second}}
		m := p.Memory(c, client, cache.NewGate(discard, time.Now))
		m.Fill(t.Context(), "key", []byte("old"))
		server.SetError("READONLY")
		m.Forget(t.Context(), []string{"key"})
		server.SetError("")
		if got := m.Get(t.Context(), "key"); (got != nil) != trusts {
			t.Errorf("%q reads %q", name, got)
		}
	}
}

// Another process reads Redis for itself.
func TestRedisIsToldOnlyWhenItIsRead(t *testing.T) {
	server := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: server.Addr()})
	defer func() { _ = client.Close() }()
	c := config.Config{Cache: config.Cache{TTL: time.Minute}, Timeouts: config.Timeouts{Request: time.Second}}
	m := mutated(t, "changes-told-when-read", nil).Memory(c, client, cache.NewGate(discard, time.Now))
	m.Fill(t.Context(), "key", []byte("old"))
	server.SetError("READONLY")
	m.Forget(t.Context(), []string{"key"})
	server.SetError("")
	if got, err := server.Get("key"); got != "old" {
		t.Errorf("Redis was told: %q, %v", got, err)
	}
	m.Get(t.Context(), "key")
	if got, _ := server.Get("key"); got == "old" {
		t.Error("Redis was not told")
	}
}

// A read that began before a change, and ends after it.
func TestTheCacheIsFilledAfterTheChange(t *testing.T) {
	for name, fills := range map[string]bool{"": false, "filled-after-the-change": true} {
		p := app.Honest()
		if name != "" {
			p = mutated(t, name, nil)
		}
		server := miniredis.RunT(t)
		client, err := p.Redis("redis://" + server.Addr())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = client.Close() }()
		c := config.Config{Cache: config.Cache{TTL: time.Minute}, Timeouts: config.Timeouts{Request: time.Second}}
		m := p.Memory(c, client, cache.NewGate(discard, time.Now))
		m.Forget(t.Context(), []string{"key"})
		m.Fill(t.Context(), "key", []byte("old"))
		if got := m.Get(t.Context(), "key"); (got != nil) != fills {
			t.Errorf("%q reads %q", name, got)
		}
	}
}

// tallied counts what a reader is told to forget.
type tallied struct {
	events.Reader
	forgotten *int
}

func (t tallied) Changed(context.Context, tenancy.ID, uuid.UUID, []string) { *t.forgotten++ }

func TestTheStatusStaysInTheCache(t *testing.T) {
	for name, want := range map[string]int{"": 2, "status-not-invalidated": 0} {
		p, forgotten := app.Honest(), 0
		if name != "" {
			p = mutated(t, name, nil)
		}
		service := p.Events(events.World{Repository: &stub{}, Reader: tallied{forgotten: &forgotten}})
		for _, change := range []func(context.Context, tenancy.ID, uuid.UUID, int64) (events.Event, error){service.Publish, service.Cancel} {
			if _, err := change(t.Context(), "a", uuid.New(), events.AnyVersion); err != nil {
				t.Error(err)
			}
		}
		if forgotten != want {
			t.Errorf("%q: forgotten %d times, want %d", name, forgotten, want)
		}
	}
}

func TestTheCacheIsUnderOtherKeys(t *testing.T) {
	honest, id := cache.RunbookKeys{}, uuid.New()
	if k := mutated(t, "events-under-other-keys", nil).CacheKeys(); k.Event("a", id) == honest.Event("a", id) || k.Venue("a", "v") != honest.Venue("a", "v") {
		t.Errorf("%s, %s", k.Event("a", id), k.Venue("a", "v"))
	}
	if k := mutated(t, "lists-under-other-keys", nil).CacheKeys(); k.Event("a", id) != honest.Event("a", id) || k.Venue("a", "v") == honest.Venue("a", "v") {
		t.Errorf("%s, %s", k.Event("a", id), k.Venue("a", "v"))
	}
}

// owned has one event, of tenant a.
type owned struct{ stub }

func (o *owned) Load(_ context.Context, tenant tenancy.ID, id uuid.UUID) (events.Event, error) {
	if tenant != "a" {
		return events.Event{}, events.ErrNotFound
	}
	return events.Event{ID: id, TenantID: tenant}, nil
}

func TestTenantsMeetInTheCache(t *testing.T) {
	id := uuid.New()
	r := reader(t, "cache-shared-by-tenants", &owned{}, shelf{})
	if _, err := r.Get(t.Context(), "a", id); err != nil {
		t.Fatal(err)
	}
	if e, err := r.Get(t.Context(), "b", id); err != nil || e.TenantID != "a" {
		t.Errorf("%+v, %v", e, err)
	}
	r.Changed(t.Context(), "a", id, nil)
	if _, err := r.Get(t.Context(), "b", id); !errors.Is(err, events.ErrNotFound) {
		t.Errorf("after a change: %v", err)
	}
}

// shown lists one event for its tenant a, and none for others.
type shown struct{ stub }

func (s *shown) List(_ context.Context, tenant tenancy.ID, f events.Filter) (events.Page, error) {
	if tenant != "a" {
		return events.Page{}, nil
	}
	return events.Page{Items: []events.Event{{TenantID: tenant, VenueID: f.VenueID}}}, nil
}

func TestTenantsMeetInTheListOfAVenue(t *testing.T) {
	list := func(r events.Reader, tenant tenancy.ID, f events.Filter) int {
		p, err := r.List(t.Context(), tenant, f)
		if err != nil {
			t.Fatal(err)
		}
		return len(p.Items)
	}
	r := reader(t, "lists-shared-by-tenants", &shown{}, shelf{})
	venue := events.Filter{VenueID: "v"}
	for n, step := range []struct {
		tenant tenancy.ID
		filter events.Filter
		want   int
	}{{"b", venue, 0}, {"a", venue, 1}, {"b", venue, 1}, {"a", events.Filter{}, 1}, {"b", events.Filter{}, 0}} {
		if got := list(r, step.tenant, step.filter); got != step.want {
			t.Errorf("list %d, of %s: %d events, not %d", n+1, step.tenant, got, step.want)
		}
	}
	r.Changed(t.Context(), "a", uuid.New(), []string{"v"})
	if got := list(r, "b", venue); got != 0 {
		t.Errorf("after a change: %d events", got)
	}
}

func TestExistenceIsRevealed(t *testing.T) {
	id := uuid.New()
	r := reader(t, "existence-revealed", &owned{}, shelf{})
	if _, err := r.Get(t.Context(), "b", id); !errors.Is(err, events.ErrNotFound) {
		t.Errorf("an event that nobody has asked for: %v", err)
	}
	if _, err := r.Get(t.Context(), "a", id); err != nil {
		t.Fatal(err)
	}
	var p *httpapi.Problem
	if _, err := r.Get(t.Context(), "b", id); !errors.As(err, &p) || p.Status != http.StatusForbidden {
		t.Errorf("another tenant's event: %v", err)
	}
}

func TestGarbageIsFatal(t *testing.T) {
	id := uuid.New()
	memory := shelf{cache.RunbookKeys{}.Event("a", id): []byte("no json")}
	if _, err := reader(t, "garbage-in-cache-is-fatal", &stub{}, memory).Get(t.Context(), "a", id); err == nil {
		t.Error("garbage was overcome")
	}
}

// slow answers a list after a while.
type slow struct {
	stub
	takes time.Duration
	calls int
}

func (s *slow) List(ctx context.Context, tenant tenancy.ID, f events.Filter) (events.Page, error) {
	s.calls++
	select {
	case <-ctx.Done():
		return events.Page{}, late
	case <-time.After(s.takes):
		return s.stub.List(ctx, tenant, f)
	}
}

func TestTheLastPageIsShownAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source := &slow{}
		r := reader(t, "last-page-when-slow", source, shelf{})
		_, _ = r.List(t.Context(), "a", events.Filter{})
		source.takes = time.Minute
		start := time.Now()
		if p, err := r.List(t.Context(), "a", events.Filter{}); err != nil || len(p.Items) != 1 || time.Since(start) != hedgeAfter {
			t.Errorf("%v, %v after %s", p, err, time.Since(start))
		}
	})
}

// hidden has every event, and shows none while it hides.
type hidden struct {
	stub
	hides bool
}

func (h *hidden) Load(_ context.Context, tenant tenancy.ID, id uuid.UUID) (events.Event, error) {
	if h.hides {
		return events.Event{}, events.ErrNotFound
	}
	return events.Event{ID: id, TenantID: tenant}, nil
}

func TestAbsenceIsRemembered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source, id := &hidden{hides: true}, uuid.New()
		r := reader(t, "absence-remembered", source, shelf{})
		for _, step := range []struct {
			hides, found bool
			after        time.Duration
		}{{true, false, 0}, {false, false, 0}, {false, true, resignedFor}, {true, true, 0}} {
			<-time.After(step.after)
			source.hides = step.hides
			if _, err := r.Get(t.Context(), "a", id); (err == nil) != step.found {
				t.Errorf("%+v: %v", step, err)
			}
		}
	})
}

func TestListsAreSharedInFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source := &slow{takes: time.Second}
		r := reader(t, "list-shared-in-flight", source, shelf{})
		go func() { _, _ = r.List(t.Context(), "a", events.Filter{}) }()
		synctest.Wait()
		if p, err := r.List(t.Context(), "b", events.Filter{}); err != nil || p.Items[0].TenantID != "a" || source.calls != 1 {
			t.Errorf("%+v, %v, %d calls", p, err, source.calls)
		}
	})
}

func TestWhoJoinsAReadIsToldOfItsFailureInWords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source := &slow{takes: time.Minute}
		r := reader(t, "shared-failure-is-untyped", source, shelf{})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		alone := make(chan error, 1)
		go func() {
			_, err := r.List(ctx, "a", events.Filter{})
			alone <- err
		}()
		synctest.Wait()
		if _, err := r.List(ctx, "a", events.Filter{}); err == nil || errors.Is(err, late) {
			t.Errorf("who joins: %v", err)
		}
		if err := <-alone; !errors.Is(err, late) {
			t.Errorf("who asks first: %v", err)
		}
	})
}
