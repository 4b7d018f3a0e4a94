package events

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

// AnyVersion is a precondition that every version fulfils.
const AnyVersion int64 = 0

// errVerify is a publication that has to wait for the venue-service.
var errVerify = errors.New("the venue has not been verified")

// Update replaces the details of an event. Version is the one that the caller
// has seen; another one is ErrStale. The venue is asked about only if it is
// another than before.
func (s *Service) Update(ctx context.Context, tenant tenancy.ID, id uuid.UUID, version int64, d Details) (Event, error) {
	if wrong := d.Check(); len(wrong) > 0 {
		return Event{}, &Invalid{Fields: wrong}
	}
	seen, err := s.w.Repository.Load(ctx, tenant, id)
	if err != nil {
		return Event{}, err
	}
	if err := changeable(seen, version); err != nil {
		return Event{}, err
	}
	verified := seen.VenueVerified
	if d.VenueID != seen.VenueID {
		if verified, err = s.verify(ctx, tenant, d.VenueID); err != nil {
			return Event{}, err
		}
		if !verified && seen.Status == Published {
			return Event{}, &Conflict{Reason: "the venue of a published event cannot change while nobody can be asked about it"}
		}
	}
	// From here on it must be the version that was looked at.
	return s.change(ctx, tenant, id, []string{seen.VenueID, d.VenueID}, func(e Event) (Event, error) {
		if err := changeable(e, seen.Version); err != nil {
			return e, err
		}
		e = e.with(d)
		e.VenueVerified = verified
		return s.next(e), nil
	})
}

func changeable(e Event, version int64) error {
	if version != AnyVersion && version != e.Version {
		return ErrStale
	}
	if e.Status == Cancelled {
		return &Conflict{Reason: "a cancelled event cannot be changed"}
	}
	return nil
}

// venueChecks bounds how often one publication asks about a venue: once, and
// again each time that the event was moved to another one meanwhile.
const venueChecks = 3

// Publish makes a draft public. Publishing twice is publishing once. A draft
// that was accepted without asking about its venue is published only at the
// venue that was then asked about: no connection is held and no row locked
// meanwhile, so the locked row is compared with it afterwards.
func (s *Service) Publish(ctx context.Context, tenant tenancy.ID, id uuid.UUID, version int64) (Event, error) {
	var before Event
	verified := "" // the venue that was asked about
	for checks := 0; ; checks++ {
		e, err := s.change(ctx, tenant, id, nil, func(e Event) (Event, error) {
			before = e
			if version != AnyVersion && version != e.Version {
				return e, ErrStale
			}
			switch {
			case e.Status == Published:
				return e, nil
			case e.Status == Cancelled:
				return e, &Conflict{Reason: "a cancelled event cannot be published"}
			case !e.VenueVerified && e.VenueID != verified:
				return e, errVerify
			}
			e.Status, e.VenueVerified = Published, true
			return s.next(e), nil
		})
		if err == nil && before.Status == Draft {
			s.w.Notary.Published(ctx, e)
		}
		if !errors.Is(err, errVerify) {
			return e, err
		}
		if checks == venueChecks {
			return Event{}, &Conflict{Reason: "the event's venue changes faster than it can be verified"}
		}
		if err := s.exists(ctx, tenant, before.VenueID); err != nil {
			return Event{}, err
		}
		verified = before.VenueID
	}
}

// exists asks about the venue of a draft that was accepted without asking, and
// takes no "that must do" for an answer.
func (s *Service) exists(ctx context.Context, tenant tenancy.ID, venue string) error {
	err := s.w.Venues.Check(ctx, tenant, venue)
	if errors.Is(err, ErrVenueUnknown) {
		return &Conflict{Reason: "the event's venue does not exist"}
	}
	return err
}

// Cancel ends an event's life. Cancelling twice is cancelling once.
func (s *Service) Cancel(ctx context.Context, tenant tenancy.ID, id uuid.UUID, version int64) (Event, error) {
	return s.change(ctx, tenant, id, nil, func(e Event) (Event, error) {
		if version != AnyVersion && version != e.Version {
			return e, ErrStale
		}
		if e.Status == Cancelled {
			return e, nil
		}
		e.Status = Cancelled
		return s.next(e), nil
	})
}

// next is the event one version on.
func (s *Service) next(e Event) Event {
	e.Version++
	e.UpdatedAt = s.now()
	return e
}

// change changes an event and has every memory of it forgotten, also when
// nobody knows whether it has changed.
func (s *Service) change(ctx context.Context, tenant tenancy.ID, id uuid.UUID, venues []string, do func(Event) (Event, error)) (Event, error) {
	e, err := s.w.Repository.Change(ctx, tenant, id, func(e Event) (Event, error) {
		venues = append(venues, e.VenueID)
		return do(e)
	})
	if err == nil || undecided(err) {
		s.w.Reader.Changed(ctx, tenant, id, venues)
	}
	return e, err
}
