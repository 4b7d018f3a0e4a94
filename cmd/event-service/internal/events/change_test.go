package events

import (
	"context"
	"errors"
	"strings"
	"sync"
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

// rows is a repository of one event that others may change between two calls,
// as a row of a database is: a change reads it under a lock.
type rows struct {
	Repository
	mu sync.Mutex
	e  Event
}

func (r *rows) Load(context.Context, tenancy.ID, uuid.UUID) (Event, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.e, nil
}

func (r *rows) Change(_ context.Context, _ tenancy.ID, _ uuid.UUID, change func(Event) (Event, error)) (Event, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, err := change(r.e)
	if err == nil {
		r.e = e
	}
	return e, err
}

// racing is a service whose venue-service knows every venue but "v-unknown",
// and has somebody move the event to the next venue while it is asked. It
// returns the names of those that were asked about.
func racing(t *testing.T, moves ...string) (w world, r *rows, asked *[]string) {
	w = newWorld(t)
	e := stored()
	e.VenueVerified = false
	r, asked = &rows{e: e}, &[]string{}
	w.Service.w.Repository = r
	w.reader.EXPECT().Changed(mock.Anything, tenant, id, mock.Anything).Maybe()
	w.notary.EXPECT().Published(mock.Anything, mock.Anything).Maybe()
	w.venues.EXPECT().Check(mock.Anything, tenant, mock.Anything).RunAndReturn(
		func(_ context.Context, _ tenancy.ID, venue string) error {
			*asked = append(*asked, venue)
			if len(moves) > 0 {
				// What an update does while the fallback is on.
				r.mu.Lock()
				r.e.VenueID, r.e.Version = moves[0], r.e.Version+1
				r.mu.Unlock()
				moves = moves[1:]
			}
			if venue == "v-unknown" {
				return ErrVenueUnknown
			}
			return nil
		}).Maybe()
	return w, r, asked
}

// The venue that was asked about is the one that is published, whatever
// becomes of the event meanwhile.
//
// Red when the answer about one venue was taken for any that the row has by
// then: "v-unknown" was published, with venue_verified.
func TestPublishVerifiesTheVenueThatIsPublished(t *testing.T) {
	for name, c := range map[string]struct {
		version int64
		moves   []string
		asked   string
		want    func(error) bool
	}{
		"nobody moves it":            {AnyVersion, nil, "v-1", func(err error) bool { return err == nil }},
		"changed, at the same venue": {AnyVersion, []string{"v-1"}, "v-1", func(err error) bool { return err == nil }},
		"moved to a known venue":     {AnyVersion, []string{"v-2"}, "v-1 v-2", func(err error) bool { return err == nil }},
		"moved to an unknown one": {AnyVersion, []string{"v-unknown"}, "v-1 v-unknown",
			func(err error) bool { var c *Conflict; return errors.As(err, &c) }},
		"moved after it was read": {3, []string{"v-2"}, "v-1", func(err error) bool { return errors.Is(err, ErrStale) }},
		"moved again and again": {AnyVersion, []string{"v-2", "v-3", "v-4", "v-5", "v-6"}, "v-1 v-2 v-3",
			func(err error) bool { var c *Conflict; return errors.As(err, &c) }},
	} {
		w, r, asked := racing(t, c.moves...)
		_, err := w.Publish(context.Background(), tenant, id, c.version)
		if !c.want(err) || strings.Join(*asked, " ") != c.asked {
			t.Errorf("%s: asked about %v: %v", name, *asked, err)
		}
		if published := r.e.Status == Published; published != (err == nil) || r.e.VenueVerified != published {
			t.Errorf("%s: stored as %s at %s, verified %v: %v", name, r.e.Status, r.e.VenueID, r.e.VenueVerified, err)
		}
	}
}
