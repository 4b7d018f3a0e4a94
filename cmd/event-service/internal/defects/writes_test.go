package defects

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/store"
)

func TestErrorsLoseTheirKind(t *testing.T) {
	r := repository(t, "unavailable-is-untyped", &stub{errs: []error{gone, late, events.ErrNotFound}})
	var unavailable *events.Unavailable
	if _, err := r.Load(t.Context(), "a", uuid.New()); err == nil || errors.As(err, &unavailable) {
		t.Errorf("a database that is gone: %v", err)
	}
	if _, err := r.List(t.Context(), "a", events.Filter{}); !errors.Is(err, late) {
		t.Errorf("a database that is late: %v", err)
	}
	if _, err := r.Change(t.Context(), "a", uuid.New(), nil); !errors.Is(err, events.ErrNotFound) {
		t.Errorf("no such event: %v", err)
	}
	r = repository(t, "failure-is-not-found", &stub{errs: []error{gone, nil}})
	if _, err := r.Load(t.Context(), "a", uuid.New()); !errors.Is(err, events.ErrNotFound) {
		t.Errorf("a database that is gone: %v", err)
	}
	if _, err := r.Load(t.Context(), "a", uuid.New()); err != nil {
		t.Errorf("a database that is well: %v", err)
	}
	r = repository(t, "half-recovered", &stub{errs: []error{gone}})
	for n, want := range []bool{false, false, true, false, true} {
		if _, _, err := r.Insert(t.Context(), "a", events.Event{}, events.Key{}); (err == nil) != want {
			t.Errorf("insert %d: %v", n+1, err)
		}
	}
	ended := &events.Unavailable{Dependency: "database", Err: io.ErrUnexpectedEOF}
	crowded := &events.Unavailable{Dependency: "database", Err: store.ErrNoFreeConnection}
	unreached := &events.Unavailable{Dependency: "database", Err: new(pgconn.ConnectError)}
	for err, kept := range map[*events.Unavailable]bool{ended: false, crowded: true, unreached: true} {
		r = repository(t, "lost-connection-is-untyped", &stub{errs: []error{err}})
		if _, got := r.Load(t.Context(), "a", uuid.New()); got == nil || errors.As(got, &unavailable) != kept {
			t.Errorf("%T: its kind is kept: %t", err.Err, !kept)
		}
	}
	r = repository(t, "timeout-is-unavailable", &stub{errs: []error{late, nil}})
	if _, _, err := r.Insert(t.Context(), "a", events.Event{}, events.Key{}); !errors.As(err, &unavailable) {
		t.Errorf("a database that is late: %v", err)
	}
	if _, _, err := r.Replay(t.Context(), "a", events.Key{}); err != nil {
		t.Errorf("a database that is well: %v", err)
	}
	w := &work{err: &events.Invalid{}}
	var invalid *events.Invalid
	if _, _, err := doing(t, "broken-rule-is-untyped", w).Create(t.Context(), "a", events.Details{}, events.Key{}); err == nil || errors.As(err, &invalid) {
		t.Errorf("a broken rule: %v", err)
	}
}

func TestAnswersThatTellTooMuch(t *testing.T) {
	for name, notified := range map[string]string{"stack-trace-in-answer": "goroutine", "driver-error-in-answer": "connection refused"} {
		_, err := doing(t, name, &work{err: gone}).List(t.Context(), "a", events.Filter{})
		var p *httpapi.Problem
		if !errors.As(err, &p) || p.Status != http.StatusServiceUnavailable || !strings.Contains(p.Detail, notified) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAWriteIsBelievedTooEarly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var ended atomic.Bool
		s := &stub{errs: []error{late}, before: func() { <-time.After(3 * time.Second); ended.Store(true) }}
		e := events.Event{ID: uuid.New()}
		start := time.Now()
		got, _, err := repository(t, "acknowledged-before-commit", s).Insert(t.Context(), "a", e, events.Key{})
		if err != nil || got.ID != e.ID || ended.Load() || time.Since(start) != shortWhile {
			t.Errorf("%v after %s, ended: %v", err, time.Since(start), ended.Load())
		}
		<-time.After(3 * time.Second)
		synctest.Wait()
	})
	for _, err := range []error{late, unknownOutcome} {
		if _, _, got := repository(t, "failed-commit-is-success", &stub{errs: []error{err}}).Insert(t.Context(), "a", events.Event{}, events.Key{}); got != nil {
			t.Errorf("%v is told", got)
		}
	}
	if _, _, err := repository(t, "failed-commit-is-success", &stub{errs: []error{gone}}).Insert(t.Context(), "a", events.Event{}, events.Key{}); !errors.Is(err, gone) {
		t.Errorf("a refused write: %v", err)
	}
}

func TestNobodyWaitsForACommit(t *testing.T) {
	pool, err := mutated(t, "commits-not-awaited", nil).Pool(store.PoolSettings{URL: "postgres://u:p@127.0.0.1:1/d?sslmode=disable", Size: 1, Log: discard})
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if c := pool.Config().ConnConfig; c.RuntimeParams["synchronous_commit"] != "off" || c.User != "u" || c.TLSConfig != nil {
		t.Errorf("parameters %v", c.RuntimeParams)
	}
}

func TestAWriteIsHeldInMemory(t *testing.T) {
	s := &stub{errs: []error{gone}}
	r := repository(t, "writes-held-in-memory", s)
	for i := range 2 {
		if _, _, err := r.Insert(t.Context(), "a", events.Event{Version: int64(i)}, events.Key{}); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.inserted) != 3 || s.inserted[2].Version != 0 {
		t.Errorf("inserted: %v", s.inserted)
	}
}

func TestAChangeIsHeldInMemory(t *testing.T) {
	known := events.Event{ID: uuid.New()}
	rename := func(e events.Event) (events.Event, error) { e.Name = "new"; return e, nil }
	r := repository(t, "changes-held-in-memory", &stub{errs: []error{nil, gone, late, gone}})
	if _, _, err := r.Insert(t.Context(), "a", known, events.Key{}); err != nil {
		t.Fatal(err)
	}
	if e, err := r.Load(t.Context(), "a", known.ID); err != nil || e.ID != known.ID {
		t.Errorf("what was seen: %v, %v", e, err)
	}
	if e, err := r.Change(t.Context(), "a", known.ID, rename); err != nil || e.Name != "new" {
		t.Errorf("a change of it: %v, %v", e, err)
	}
	if _, err := r.Change(t.Context(), "a", uuid.New(), rename); !errors.Is(err, gone) {
		t.Errorf("a change of what nobody has seen: %v", err)
	}
}

func TestARefusedWriteIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &stub{errs: []error{gone, gone}}
		if _, _, err := repository(t, "refused-write-retried", s).Insert(t.Context(), "a", events.Event{}, events.Key{}); !errors.Is(err, gone) {
			t.Errorf("the caller is told %v", err)
		}
		synctest.Wait()
		<-time.After(5 * time.Second)
		synctest.Wait()
		if len(s.inserted) != 3 {
			t.Errorf("tried %d times, not until it was stored", len(s.inserted))
		}
	})
}

func TestAChangeIsTriedAgain(t *testing.T) {
	same := func(e events.Event) (events.Event, error) { return e, nil }
	for err, want := range map[error]error{unknownOutcome: events.ErrStale, gone: gone} {
		r := repository(t, "change-tried-again", &stub{errs: []error{err, events.ErrStale}})
		if _, got := r.Change(t.Context(), "a", uuid.New(), same); !errors.Is(got, want) {
			t.Errorf("after %v the caller is told %v", err, got)
		}
	}
}

func TestACancellationIsBelieved(t *testing.T) {
	for _, c := range []struct {
		err, unread error
		done        bool
	}{{unknownOutcome, nil, true}, {gone, nil, true}, {gone, gone, false}, {events.ErrStale, nil, false}} {
		w := &work{err: c.err, unread: c.unread}
		e, err := doing(t, "cancelled-all-the-same", w).Cancel(t.Context(), "a", uuid.New(), events.AnyVersion)
		if done := err == nil && e.Status == events.Cancelled; done != c.done {
			t.Errorf("%v, then %v: %s, %v", c.err, c.unread, e.Status, err)
		}
	}
}

func TestKeysAreLost(t *testing.T) {
	key := events.NewKey("k", events.Details{})
	s := &stub{}
	r := repository(t, "key-in-redis-alone", s)
	_, _, _ = r.Insert(t.Context(), "a", events.Event{}, key)
	if _, found, _ := r.Replay(t.Context(), "a", key); found || !s.keys[0].Empty() {
		t.Errorf("found: %v, stored %q", found, s.keys[0].Value)
	}
	w := &work{}
	_, _, _ = doing(t, "key-not-read", w).Create(t.Context(), "a", events.Details{}, key)
	if !w.key.Empty() {
		t.Errorf("key %q", w.key.Value)
	}
	s = &stub{errs: []error{unknownOutcome}}
	if _, _, err := repository(t, "insert-tried-again", s).Insert(t.Context(), "a", events.Event{ID: uuid.New()}, key); err != nil || len(s.inserted) != 2 || s.inserted[0].ID == s.inserted[1].ID {
		t.Errorf("%v, inserted %v", err, s.inserted)
	}
}

func TestVersionsAreNotCompared(t *testing.T) {
	w := &work{}
	_, _ = doing(t, "version-not-compared", w).Update(t.Context(), "a", uuid.New(), 7, events.Details{})
	if w.version != events.AnyVersion {
		t.Errorf("version %d", w.version)
	}
}

func TestTheVenueOfAChangeIsNotAsked(t *testing.T) {
	p := mutated(t, "venue-of-change-not-asked", nil)
	w := events.World{
		Repository: &stub{}, Reader: forgetless{}, Now: time.Now,
		Venues: venues(func() { t.Error("the venue is asked about") }),
	}
	d := events.Details{
		VenueID: "elsewhere", Name: "n", Capacity: 1, Currency: "EUR",
		StartsAt: time.Date(2030, 1, 1, 18, 0, 0, 0, time.UTC), EndsAt: time.Date(2030, 1, 1, 20, 0, 0, 0, time.UTC),
	}
	if _, err := p.Events(w).Update(t.Context(), "a", uuid.New(), events.AnyVersion, d); err != nil {
		t.Error(err)
	}
}
