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
	Insert(ctx context.Context, tenant tenancy.ID, e Event) (Event, error)
	Get(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (Event, error)
	List(ctx context.Context, tenant tenancy.ID, f Filter) (Page, error)
}

// Venues asks the venue-service. Check returns ErrVenueUnknown for a venue
// that is not the tenant's, and Unavailable when nobody could say.
type Venues interface {
	Check(ctx context.Context, tenant tenancy.ID, venueID string) error
}

// Service is what callers may do with events.
type Service struct {
	repository Repository
	venues     Venues
	now        func() time.Time
}

// NewService puts a service together.
func NewService(r Repository, v Venues, now func() time.Time) *Service {
	return &Service{repository: r, venues: v, now: now}
}

// Create stores a new draft. The venue is asked about before anything of the
// database is taken, so that a slow venue-service cannot drain the pool.
func (s *Service) Create(ctx context.Context, tenant tenancy.ID, d Details) (Event, error) {
	if wrong := d.Check(); len(wrong) > 0 {
		return Event{}, &Invalid{Fields: wrong}
	}
	if err := s.checkVenue(ctx, tenant, d.VenueID); err != nil {
		return Event{}, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return Event{}, fmt.Errorf("new event id: %w", err)
	}
	now := s.now().UTC().Truncate(time.Microsecond)
	return s.repository.Insert(ctx, tenant, Event{
		ID: id, TenantID: tenant, VenueID: d.VenueID, Name: d.Name, Description: d.Description,
		StartsAt: d.StartsAt.UTC().Truncate(time.Microsecond), EndsAt: d.EndsAt.UTC().Truncate(time.Microsecond),
		Capacity: d.Capacity, PriceCents: d.PriceCents, Currency: d.Currency,
		Status: Draft, Version: 1, CreatedAt: now, UpdatedAt: now,
	})
}

func (s *Service) checkVenue(ctx context.Context, tenant tenancy.ID, id string) error {
	err := s.venues.Check(ctx, tenant, id)
	if errors.Is(err, ErrVenueUnknown) {
		return &Invalid{Fields: []FieldError{{Field: "venue_id", Message: "no such venue"}}}
	}
	return err
}

// Get returns one event of the tenant, or ErrNotFound.
func (s *Service) Get(ctx context.Context, tenant tenancy.ID, id uuid.UUID) (Event, error) {
	return s.repository.Get(ctx, tenant, id)
}

// List returns one page of the tenant's events.
func (s *Service) List(ctx context.Context, tenant tenancy.ID, f Filter) (Page, error) {
	if f.Limit <= 0 {
		f.Limit = DefaultPage
	}
	f.Limit = min(f.Limit, MaxPage)
	return s.repository.List(ctx, tenant, f)
}
