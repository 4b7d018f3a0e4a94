package events

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

// Repository stores events. Each call is one transaction under its tenant.
type Repository interface {
	// Insert stores a new event and the key that it came with, if any. Where
	// the key is known already nothing is stored, the event is the one that
	// was stored with it and replayed is true, or the error is ErrKeyReused.
	Insert(ctx context.Context, tenant tenancy.ID, e Event, key Key) (stored Event, replayed bool, err error)
	// Replay finds what was stored with a key; found is false if nothing was.
	Replay(ctx context.Context, tenant tenancy.ID, key Key) (e Event, found bool, err error)
	// Load reads one event, or ErrNotFound.
	Load(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (Event, error)
	// Change locks one event and stores what change makes of it, unless that
	// is an error, or the same version.
	Change(ctx context.Context, tenant tenancy.ID, id uuid.UUID, change func(Event) (Event, error)) (Event, error)
	// List reads one page.
	List(ctx context.Context, tenant tenancy.ID, f Filter) (Page, error)
}

// Reader answers reads, from memory where it can.
type Reader interface {
	Get(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (Event, error)
	List(ctx context.Context, tenant tenancy.ID, f Filter) (Page, error)
	// Changed forgets an event and the lists of the venues it is or was at.
	Changed(ctx context.Context, tenant tenancy.ID, id uuid.UUID, venues []string)
}

// Records remembers the answers to keyed requests for a while. Losing one is
// no harm: the repository has them all.
type Records interface {
	Recall(ctx context.Context, tenant tenancy.ID, key Key) (e Event, found bool, err error)
	Remember(ctx context.Context, tenant tenancy.ID, key Key, e Event)
}

// Venues asks the venue-service. Check returns ErrVenueUnknown for a venue
// that is not the tenant's, Unavailable when nobody could say, and Unverified
// when nobody could say and that must do.
type Venues interface {
	Check(ctx context.Context, tenant tenancy.ID, venueID string) error
}

// Notary is told of events that were published. It never fails and never
// makes anybody wait.
type Notary interface {
	Published(ctx context.Context, e Event)
}

// World is what a service needs.
type World struct {
	Repository Repository
	Reader     Reader
	Records    Records
	Venues     Venues
	Notary     Notary
	Now        func() time.Time
}

// Service is what callers may do with events.
type Service struct{ w World }

// NewService puts a service together.
func NewService(w World) *Service { return &Service{w: w} }

// Create stores a new draft. The venue is asked about before anything of the
// database is taken, so that a slow venue-service cannot drain the pool. With
// a key that was used before it stores nothing and returns what it returned
// then, whatever has become of the venue-service since.
func (s *Service) Create(ctx context.Context, tenant tenancy.ID, d Details, key Key) (e Event, replayed bool, err error) {
	if wrong := d.Check(); len(wrong) > 0 {
		// Runbook: Event Creation Failures: 422 validation errors.
		return Event{}, false, &Invalid{Fields: wrong}
	}
	if !key.Empty() {
		if e, found, err := s.w.Records.Recall(ctx, tenant, key); found || err != nil {
			return e, found, err
		}
	}
	verified, err := s.verify(ctx, tenant, d.VenueID)
	if err != nil {
		if !key.Empty() {
			if e, found, replayErr := s.w.Repository.Replay(ctx, tenant, key); found || errors.Is(replayErr, ErrKeyReused) {
				return e, found, replayErr
			}
		}
		return Event{}, false, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return Event{}, false, fmt.Errorf("new event id: %w", err)
	}
	now := s.now()
	draft := Event{
		ID: id, TenantID: tenant, Status: Draft, Version: 1,
		CreatedAt: now, UpdatedAt: now, VenueVerified: verified,
	}.with(d)
	e, replayed, err = s.w.Repository.Insert(ctx, tenant, draft, key)
	if err == nil || undecided(err) {
		// Runbook: Event Creation Failures: events appear after creation.
		s.w.Reader.Changed(ctx, tenant, id, []string{d.VenueID})
	}
	if err != nil {
		return Event{}, false, err
	}
	if !key.Empty() {
		s.w.Records.Remember(ctx, tenant, key, e)
	}
	return e, replayed, nil
}

// verify asks about a venue. It is false without an error when the operator
// has decided that a draft needs no answer.
func (s *Service) verify(ctx context.Context, tenant tenancy.ID, venue string) (bool, error) {
	// Runbook: Event Creation Failures: creation needs the venue-service.
	err := s.w.Venues.Check(ctx, tenant, venue)
	var unverified *Unverified
	switch {
	case err == nil:
		return true, nil
	case errors.As(err, &unverified):
		return false, nil
	case errors.Is(err, ErrVenueUnknown):
		return false, &Invalid{Fields: []FieldError{{Field: "venue_id", Message: "no such venue"}}}
	default:
		return false, err
	}
}

// Get returns one event of the tenant, or ErrNotFound.
func (s *Service) Get(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (Event, error) {
	return s.w.Reader.Get(ctx, tenant, id)
}

// List returns one page of the tenant's events.
func (s *Service) List(ctx context.Context, tenant tenancy.ID, f Filter) (Page, error) {
	if f.Limit <= 0 {
		f.Limit = DefaultPage
	}
	f.Limit = min(f.Limit, MaxPage)
	return s.w.Reader.List(ctx, tenant, f)
}

func (s *Service) now() time.Time { return s.w.Now().UTC().Truncate(time.Microsecond) }
