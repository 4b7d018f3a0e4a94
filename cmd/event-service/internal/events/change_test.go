package events

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/stretchr/testify/mock"

	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

var id = uuid.New()

// stored is a draft in its third version.
func stored() Event {
	return Event{ID: id, TenantID: tenant, Status: Draft, Version: 3, VenueVerified: true}.with(concert())
}

// has makes the repository hold one event and change it as asked.
func (w world) has(e Event) {
	w.repository.EXPECT().Load(mock.Anything, tenant, id).Return(e, nil).Maybe()
	w.repository.EXPECT().Change(mock.Anything, tenant, id, mock.Anything).RunAndReturn(
		func(_ context.Context, _ tenancy.ID, _ uuid.UUID, change func(Event) (Event, error)) (Event, error) {
			return change(e)
		}).Maybe()
}

// forgets expects that memory is told of the event and these venues.
func (w world) forgets(venues ...string) {
	w.reader.EXPECT().Changed(mock.Anything, tenant, id, venues).Once()
}

func TestUpdateReplacesTheDetails(t *testing.T) {
	w := newWorld(t)
	w.has(stored())
	w.forgets("v-1", "v-1", "v-1")
	d := concert()
	d.Name = "Recital"
	got, err := w.Update(context.Background(), tenant, id, 3, d)
	if err != nil {
		t.Fatal(err)
	}
	want := stored()
	want.Name, want.Version, want.UpdatedAt = "Recital", 4, noon
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("event (-want +got):\n%s", diff)
	}
}

func TestUpdateAsksAboutANewVenueOnly(t *testing.T) {
	d := concert()
	d.VenueID = "v-2"
	w := newWorld(t)
	w.has(stored())
	w.venues.EXPECT().Check(mock.Anything, tenant, "v-2").Return(nil).Once()
	w.forgets("v-1", "v-2", "v-1")
	if got, err := w.Update(context.Background(), tenant, id, AnyVersion, d); err != nil || got.VenueID != "v-2" {
		t.Errorf("%s, %v", got.VenueID, err)
	}
	published := stored()
	published.Status = Published
	w = newWorld(t)
	w.has(published)
	w.venues.EXPECT().Check(mock.Anything, tenant, "v-2").Return(&Unverified{Err: errVenueDown}).Once()
	var conflict *Conflict
	if _, err := w.Update(context.Background(), tenant, id, AnyVersion, d); !errors.As(err, &conflict) {
		t.Errorf("a published event moved to an unverified venue: %v", err)
	}
}

// Somebody else was faster, between the caller's read and the lock.
func TestUpdateOfAnotherVersionIsStale(t *testing.T) {
	w := newWorld(t)
	w.has(stored())
	if _, err := w.Update(context.Background(), tenant, id, 2, concert()); !errors.Is(err, ErrStale) {
		t.Errorf("an old version: %v", err)
	}
	w = newWorld(t)
	seen, locked := stored(), stored()
	locked.Version = 4
	w.repository.EXPECT().Load(mock.Anything, tenant, id).Return(seen, nil).Once()
	w.has(locked)
	if _, err := w.Update(context.Background(), tenant, id, AnyVersion, concert()); !errors.Is(err, ErrStale) {
		t.Errorf("a race: %v", err)
	}
}

func TestTheLifeOfAnEvent(t *testing.T) {
	with := func(s Status) Event { e := stored(); e.Status = s; return e }
	for _, c := range []struct {
		name    string
		do      func(*Service) (Event, error)
		from    Status
		to      Status
		version int64
		refused bool
	}{
		{"publish", (*Service).publish3, Draft, Published, 4, false},
		{"publish", (*Service).publish3, Published, Published, 3, false},
		{"publish", (*Service).publish3, Cancelled, "", 0, true},
		{"cancel", (*Service).cancel3, Draft, Cancelled, 4, false},
		{"cancel", (*Service).cancel3, Published, Cancelled, 4, false},
		{"cancel", (*Service).cancel3, Cancelled, Cancelled, 3, false},
		{"update", (*Service).update3, Cancelled, "", 0, true},
	} {
		w := newWorld(t)
		w.has(with(c.from))
		w.reader.EXPECT().Changed(mock.Anything, tenant, id, mock.Anything).Maybe()
		if c.from == Draft && c.to == Published {
			w.notary.EXPECT().Published(mock.Anything, mock.Anything).Once()
		}
		got, err := c.do(w.Service)
		var conflict *Conflict
		if errors.As(err, &conflict) != c.refused || !c.refused && (err != nil || got.Status != c.to || got.Version != c.version) {
			t.Errorf("%s of a %s event: %s version %d, %v", c.name, c.from, got.Status, got.Version, err)
		}
	}
}

func (s *Service) publish3() (Event, error) { return s.Publish(context.Background(), tenant, id, 3) }
func (s *Service) cancel3() (Event, error)  { return s.Cancel(context.Background(), tenant, id, 3) }
func (s *Service) update3() (Event, error) {
	return s.Update(context.Background(), tenant, id, 3, concert())
}

func TestTransitionsOfAnotherVersionAreStale(t *testing.T) {
	w := newWorld(t)
	w.has(stored())
	if _, err := w.Publish(context.Background(), tenant, id, 2); !errors.Is(err, ErrStale) {
		t.Errorf("publish: %v", err)
	}
	if _, err := w.Cancel(context.Background(), tenant, id, 2); !errors.Is(err, ErrStale) {
		t.Errorf("cancel: %v", err)
	}
}

// What the fallback has let in is asked about at the latest now.
func TestAnUnverifiedDraftIsNotPublishedUnasked(t *testing.T) {
	e := stored()
	e.VenueVerified = false
	for _, c := range []struct {
		answer error
		want   func(error) bool
	}{
		{nil, func(err error) bool { return err == nil }},
		{&Unverified{Err: errVenueDown}, func(err error) bool { return errors.Is(err, errVenueDown) }},
		{ErrVenueUnknown, func(err error) bool { var c *Conflict; return errors.As(err, &c) }},
	} {
		w := newWorld(t)
		w.has(e)
		w.venues.EXPECT().Check(mock.Anything, tenant, "v-1").Return(c.answer).Once()
		w.reader.EXPECT().Changed(mock.Anything, tenant, id, mock.Anything).Maybe()
		w.notary.EXPECT().Published(mock.Anything, mock.Anything).Maybe()
		got, err := w.Publish(context.Background(), tenant, id, AnyVersion)
		if !c.want(err) || err == nil && !got.VenueVerified {
			t.Errorf("venue-service says %v: %+v, %v", c.answer, got, err)
		}
	}
}
