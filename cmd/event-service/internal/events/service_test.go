package events

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/stretchr/testify/mock"

	"github.com/runproof/runproof/cmd/event-service/internal/tenancy"
)

const tenant = tenancy.ID("t-1")

var noon = time.Date(2030, 6, 1, 12, 0, 0, 0, time.UTC)

func concert() Details {
	return Details{
		VenueID: "v-1", Name: "Concert", StartsAt: noon, EndsAt: noon.Add(time.Hour),
		Capacity: 100, PriceCents: 2500, Currency: "EUR",
	}
}

func newService(t *testing.T) (*Service, *mockRepository, *mockVenues) {
	r, v := newMockRepository(t), newMockVenues(t)
	return NewService(r, v, func() time.Time { return noon }), r, v
}

func TestCreateStoresADraftOfAKnownVenue(t *testing.T) {
	s, r, v := newService(t)
	ctx := context.Background()
	v.EXPECT().Check(ctx, tenant, "v-1").Return(nil).Once()
	r.EXPECT().Insert(ctx, tenant, mock.Anything).RunAndReturn(
		func(_ context.Context, _ tenancy.ID, e Event) (Event, error) { return e, nil }).Once()
	got, err := s.Create(ctx, tenant, concert())
	if err != nil {
		t.Fatal(err)
	}
	want := Event{
		ID: got.ID, TenantID: tenant, VenueID: "v-1", Name: "Concert", StartsAt: noon, EndsAt: noon.Add(time.Hour),
		Capacity: 100, PriceCents: 2500, Currency: "EUR", Status: Draft, Version: 1, CreatedAt: noon, UpdatedAt: noon,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("event (-want +got):\n%s", diff)
	}
	if got.ID.Version() != 7 {
		t.Errorf("id of version %d, 7 sorts by creation", got.ID.Version())
	}
}

// The mocks fail on any call that is not expected: neither the venue-service
// nor the database may be asked.
func TestCreateChecksBeforeItAsksAnybody(t *testing.T) {
	s, _, _ := newService(t)
	d := concert()
	d.Capacity = 0
	var invalid *Invalid
	if _, err := s.Create(context.Background(), tenant, d); !errors.As(err, &invalid) || invalid.Fields[0].Field != "capacity" {
		t.Errorf("got %v", err)
	}
}

func TestCreateWithoutAVenueTakesNoConnection(t *testing.T) {
	s, _, v := newService(t)
	ctx := context.Background()
	v.EXPECT().Check(ctx, tenant, "v-1").Return(ErrVenueUnknown).Once()
	var invalid *Invalid
	if _, err := s.Create(ctx, tenant, concert()); !errors.As(err, &invalid) || invalid.Fields[0].Field != "venue_id" {
		t.Errorf("unknown venue: %v", err)
	}
	down := &Unavailable{Dependency: "venue-service", Err: errors.New("down")}
	v.EXPECT().Check(ctx, tenant, "v-1").Return(down).Once()
	if _, err := s.Create(ctx, tenant, concert()); !errors.Is(err, down) {
		t.Errorf("venue-service down: %v", err)
	}
}

func TestListBoundsThePage(t *testing.T) {
	s, r, _ := newService(t)
	ctx := context.Background()
	for asked, want := range map[int]int{0: DefaultPage, 7: 7, MaxPage + 1: MaxPage} {
		r.EXPECT().List(ctx, tenant, Filter{Limit: want}).Return(Page{Next: uuid.Max}, nil).Once()
		if p, err := s.List(ctx, tenant, Filter{Limit: asked}); err != nil || p.Next != uuid.Max {
			t.Errorf("limit %d: %v %v", asked, p, err)
		}
	}
}

func TestRules(t *testing.T) {
	for field, broken := range map[string]func(*Details){
		"venue_id":    func(d *Details) { d.VenueID = "../v" },
		"name":        func(d *Details) { d.Name = " \u00a0" },
		"description": func(d *Details) { d.Description = "a\x00b" },
		"starts_at":   func(d *Details) { d.StartsAt = time.Time{} },
		"ends_at":     func(d *Details) { d.EndsAt = d.StartsAt },
		"capacity":    func(d *Details) { d.Capacity = MaxCapacity + 1 },
		"price_cents": func(d *Details) { d.PriceCents = -1 },
		"currency":    func(d *Details) { d.Currency = "eur" },
	} {
		d := concert()
		broken(&d)
		if wrong := d.Check(); len(wrong) != 1 || wrong[0].Field != field {
			t.Errorf("%s: %v", field, wrong)
		}
	}
	longest := concert()
	longest.Name = strings.Repeat("ü", MaxName)
	longest.Description = strings.Repeat("\n", MaxDescription)
	if wrong := longest.Check(); len(wrong) > 0 {
		t.Errorf("the longest texts: %v", wrong)
	}
	longest.Name += "x"
	if wrong := longest.Check(); len(wrong) != 1 {
		t.Errorf("a name too long: %v", wrong)
	}
}
