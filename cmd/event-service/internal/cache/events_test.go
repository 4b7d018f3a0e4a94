package cache

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/mock"

	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

const tenant = tenancy.ID("t-1")

var (
	id  = uuid.MustParse("01900000-0000-7000-8000-000000000001")
	key = RunbookKeys{}.Event(tenant, id)
	own = events.Event{ID: id, TenantID: tenant, VenueID: "v-1", Name: "Concert"}
)

// parts are a reader's mocks; a mock fails on every call that no test expects.
type parts struct {
	source   *mockSource
	memory   *mockMemory
	observer *mockObserver
	*Reader
}

func newReader(t *testing.T) parts {
	p := parts{source: newMockSource(t), memory: newMockMemory(t), observer: newMockObserver(t)}
	p.observer.EXPECT().CacheHit(mock.Anything).Maybe()
	p.observer.EXPECT().CacheMiss(mock.Anything).Maybe()
	p.Reader = NewReader(p.source, p.memory, RunbookKeys{}, p.observer, time.Second, slog.New(slog.DiscardHandler))
	return p
}

func encode(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The patterns of the runbook ("Cache Invalidation") must find the keys.
func TestKeys(t *testing.T) {
	if key != "event:t-1:01900000-0000-7000-8000-000000000001" {
		t.Error(key)
	}
	if got := (RunbookKeys{}).Venue(tenant, "v-1"); got != "venue:events:t-1:v-1" {
		t.Error(got)
	}
}

func TestAHitAsksNobody(t *testing.T) {
	p := newReader(t)
	p.memory.EXPECT().Get(mock.Anything, key).Return(encode(t, own)).Once()
	if e, err := p.Get(t.Context(), tenant, id); err != nil || e.Name != "Concert" {
		t.Error(e, err)
	}
}

func TestAMissIsFilled(t *testing.T) {
	p := newReader(t)
	p.memory.EXPECT().Get(mock.Anything, key).Return(nil).Once()
	p.source.EXPECT().Load(mock.Anything, tenant, id).Return(own, nil).Once()
	p.memory.EXPECT().Fill(mock.Anything, key, encode(t, own)).Once()
	if e, err := p.Get(t.Context(), tenant, id); err != nil || e != own {
		t.Error(e, err)
	}
}

func TestWhatIsNotFoundIsNotKept(t *testing.T) {
	p := newReader(t)
	p.memory.EXPECT().Get(mock.Anything, key).Return(nil).Once()
	p.source.EXPECT().Load(mock.Anything, tenant, id).Return(events.Event{}, events.ErrNotFound).Once()
	if _, err := p.Get(t.Context(), tenant, id); !errors.Is(err, events.ErrNotFound) {
		t.Error(err)
	}
}

// Garbage, and another tenant's event under this tenant's key.
func TestWhatCannotBeOursIsThrownAway(t *testing.T) {
	foreign := own
	foreign.TenantID = "t-2"
	for _, b := range [][]byte{[]byte("<html>"), []byte("null"), []byte("{}"), encode(t, foreign)} {
		p := newReader(t)
		p.memory.EXPECT().Get(mock.Anything, key).Return(b).Once()
		p.memory.EXPECT().Discard(mock.Anything, key).Once()
		p.source.EXPECT().Load(mock.Anything, tenant, id).Return(own, nil).Once()
		p.memory.EXPECT().Fill(mock.Anything, key, mock.Anything).Once()
		if e, err := p.Get(t.Context(), tenant, id); err != nil || e != own {
			t.Errorf("%s: %v %v", b, e, err)
		}
	}
}

// With row level security off, Postgres shows other tenants' events. The
// memory must not go on showing them once it is on again.
func TestALeakIsNotKept(t *testing.T) {
	foreign := own
	foreign.TenantID = "t-2"
	p := newReader(t)
	p.memory.EXPECT().Get(mock.Anything, mock.Anything).Return(nil)
	p.source.EXPECT().Load(mock.Anything, tenant, id).Return(foreign, nil).Once()
	if _, err := p.Get(t.Context(), tenant, id); err != nil {
		t.Error(err)
	}
	f := events.Filter{VenueID: "v-1", Limit: events.DefaultPage}
	p.source.EXPECT().List(mock.Anything, tenant, f).Return(events.Page{Items: []events.Event{own, foreign}}, nil).Once()
	if _, err := p.List(t.Context(), tenant, f); err != nil {
		t.Error(err)
	}
}

func TestOnlyAVenuesFirstPageIsKept(t *testing.T) {
	p := newReader(t)
	for _, f := range []events.Filter{
		{Limit: events.DefaultPage},
		{VenueID: "v-1", Limit: 7},
		{VenueID: "v-1", Limit: events.DefaultPage, Status: events.Draft},
		{VenueID: "v-1", Limit: events.DefaultPage, Before: id},
	} {
		p.source.EXPECT().List(mock.Anything, tenant, f).Return(events.Page{}, nil).Once()
		if _, err := p.List(t.Context(), tenant, f); err != nil {
			t.Error(err)
		}
	}
	page := events.Page{Items: []events.Event{own}, Next: id}
	p.memory.EXPECT().Get(mock.Anything, "venue:events:t-1:v-1").Return(encode(t, page)).Once()
	got, err := p.List(t.Context(), tenant, events.Filter{VenueID: "v-1", Limit: events.DefaultPage})
	if err != nil || len(got.Items) != 1 || got.Next != id {
		t.Error(got, err)
	}
}

// Many who miss at once are one read, also when the first of them leaves.
func TestAStampedeIsOneRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newReader(t)
		p.memory.EXPECT().Get(mock.Anything, key).Return(nil)
		p.memory.EXPECT().Fill(mock.Anything, key, mock.Anything).Once()
		read := make(chan struct{})
		p.source.EXPECT().Load(mock.Anything, tenant, id).RunAndReturn(
			func(context.Context, tenancy.ID, uuid.UUID) (events.Event, error) { <-read; return own, nil }).Once()
		first, leave := context.WithCancel(t.Context())
		var readers sync.WaitGroup
		readers.Go(func() {
			if _, err := p.Get(first, tenant, id); !errors.Is(err, context.Canceled) {
				t.Errorf("who left got %v", err)
			}
		})
		synctest.Wait()
		for range 50 {
			readers.Go(func() {
				if e, err := p.Get(t.Context(), tenant, id); err != nil || e != own {
					t.Error(e, err)
				}
			})
		}
		synctest.Wait()
		leave()
		synctest.Wait()
		close(read)
		readers.Wait()
	})
}

// Whoever asks after a change must not be given what was read before it.
func TestNobodyJoinsAReadFromBeforeAChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newReader(t)
		changed := own
		changed.Name = "Recital"
		p.memory.EXPECT().Get(mock.Anything, key).Return(nil)
		p.memory.EXPECT().Fill(mock.Anything, key, mock.Anything)
		p.memory.EXPECT().Forget(mock.Anything, []string{key, "venue:events:t-1:v-1"}).Once()
		read := make(chan struct{})
		p.source.EXPECT().Load(mock.Anything, tenant, id).RunAndReturn(
			func(context.Context, tenancy.ID, uuid.UUID) (events.Event, error) { <-read; return own, nil }).Once()
		p.source.EXPECT().Load(mock.Anything, tenant, id).Return(changed, nil).Once()
		go func() { _, _ = p.Get(t.Context(), tenant, id) }()
		synctest.Wait()
		p.Changed(t.Context(), tenant, id, []string{"v-1"})
		if e, err := p.Get(t.Context(), tenant, id); err != nil || e.Name != "Recital" {
			t.Error(e.Name, err)
		}
		close(read)
		synctest.Wait()
	})
}
