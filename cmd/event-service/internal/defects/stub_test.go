package defects

import (
	"context"
	"errors"
	"log/slog"
	"testing"

	"github.com/google/uuid"

	"github.com/runproof/runproof/cmd/event-service/internal/app"
	"github.com/runproof/runproof/cmd/event-service/internal/events"
	"github.com/runproof/runproof/cmd/event-service/internal/httpapi"
	"github.com/runproof/runproof/cmd/event-service/internal/store"
	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

// mutated are the honest parts, prepared for a test and then given one defect.
func mutated(t *testing.T, name string, prepare func(*app.Parts)) app.Parts {
	t.Helper()
	d, err := find(name)
	if err != nil {
		t.Fatal(err)
	}
	p := app.Honest()
	if prepare != nil {
		prepare(&p)
	}
	d.mutate(&p)
	return p
}

var discard = slog.New(slog.DiscardHandler)

// The failures of a database.
var (
	gone           = &events.Unavailable{Dependency: "database", Err: errors.New("connection refused")}
	unknownOutcome = &events.Unavailable{Dependency: "database", Unknown: true, Err: errors.New("died at commit")}
	late           = &events.TimedOut{Dependency: "database", Err: context.DeadlineExceeded}
)

// stub is a repository that answers everything with its next error.
type stub struct {
	errs     []error // one for each call; none are left: success
	inserted []events.Event
	keys     []events.Key
	before   func() // each insert
}

func (s *stub) next() error {
	if len(s.errs) == 0 {
		return nil
	}
	err := s.errs[0]
	s.errs = s.errs[1:]
	return err
}

func (s *stub) Insert(_ context.Context, _ tenancy.ID, e events.Event, key events.Key) (events.Event, bool, error) {
	if s.before != nil {
		s.before()
	}
	s.inserted, s.keys = append(s.inserted, e), append(s.keys, key)
	return e, false, s.next()
}

func (s *stub) Replay(context.Context, tenancy.ID, events.Key) (events.Event, bool, error) {
	return events.Event{}, true, s.next()
}

func (s *stub) Load(_ context.Context, tenant tenancy.ID, id uuid.UUID) (events.Event, error) {
	return events.Event{ID: id, TenantID: tenant}, s.next()
}

func (s *stub) Change(_ context.Context, _ tenancy.ID, id uuid.UUID, _ func(events.Event) (events.Event, error)) (events.Event, error) {
	return events.Event{ID: id}, s.next()
}

func (s *stub) List(_ context.Context, tenant tenancy.ID, _ events.Filter) (events.Page, error) {
	return events.Page{Items: []events.Event{{TenantID: tenant}}}, s.next()
}

// repository is a mutant's, around a stub.
func repository(t *testing.T, name string, s *stub) events.Repository {
	t.Helper()
	p := mutated(t, name, func(p *app.Parts) {
		p.Repository = func(*store.Database) events.Repository { return s }
	})
	return p.Repository(nil)
}

// work is an httpapi.Events that answers with an error and keeps what it was told.
type work struct {
	httpapi.Events
	err     error
	unread  error // of a read
	version int64
	key     events.Key
}

func (w *work) Create(_ context.Context, _ tenancy.ID, _ events.Details, key events.Key) (events.Event, bool, error) {
	w.key = key
	return events.Event{ID: uuid.New()}, false, w.err
}

func (w *work) Update(_ context.Context, _ tenancy.ID, _ uuid.UUID, version int64, _ events.Details) (events.Event, error) {
	w.version = version
	return events.Event{}, w.err
}

func (w *work) Cancel(context.Context, tenancy.ID, uuid.UUID, int64) (events.Event, error) {
	return events.Event{}, w.err
}

func (w *work) Get(context.Context, tenancy.ID, uuid.UUID) (events.Event, error) {
	return events.Event{}, w.unread
}

func (w *work) List(context.Context, tenancy.ID, events.Filter) (events.Page, error) {
	return events.Page{}, w.err
}

func doing(t *testing.T, name string, w *work) httpapi.Events {
	t.Helper()
	p := mutated(t, name, func(p *app.Parts) {
		p.Events = func(events.World) httpapi.Events { return w }
	})
	return p.Events(events.World{})
}
