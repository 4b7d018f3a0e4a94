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

// world is a service over mocks; a mock fails on every call that no test
// expects.
type world struct {
	*Service
	repository *mockRepository
	reader     *mockReader
	records    *mockRecords
	venues     *mockVenues
	notary     *mockNotary
}

func newWorld(t *testing.T) world {
	w := world{
		repository: newMockRepository(t), reader: newMockReader(t), records: newMockRecords(t),
		venues: newMockVenues(t), notary: newMockNotary(t),
	}
	w.Service = NewService(World{
		Repository: w.repository, Reader: w.reader, Records: w.records, Venues: w.venues, Notary: w.notary,
		Now: func() time.Time { return noon },
	})
	return w
}

// stores makes the repository accept one new event.
func (w world) stores(key Key) {
	w.repository.EXPECT().Insert(mock.Anything, tenant, mock.Anything, key).RunAndReturn(
		func(_ context.Context, _ tenancy.ID, e Event, _ Key) (Event, bool, error) { return e, false, nil }).Once()
}

func TestCreateStoresADraftOfAKnownVenue(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	w.venues.EXPECT().Check(ctx, tenant, "v-1").Return(nil).Once()
	w.stores(Key{})
	w.reader.EXPECT().Changed(mock.Anything, tenant, mock.Anything, []string{"v-1"}).Once()
	got, replayed, err := w.Create(ctx, tenant, concert(), Key{})
	if err != nil || replayed {
		t.Fatal(replayed, err)
	}
	want := Event{
		ID: got.ID, TenantID: tenant, VenueID: "v-1", Name: "Concert", StartsAt: noon, EndsAt: noon.Add(time.Hour),
		Capacity: 100, PriceCents: 2500, Currency: "EUR", Status: Draft, Version: 1, CreatedAt: noon, UpdatedAt: noon,
		VenueVerified: true,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("event (-want +got):\n%s", diff)
	}
	if got.ID.Version() != 7 {
		t.Errorf("id of version %d, 7 sorts by creation", got.ID.Version())
	}
}

// Neither the venue-service nor the database may be asked.
func TestCreateChecksBeforeItAsksAnybody(t *testing.T) {
	w := newWorld(t)
	d := concert()
	d.Capacity = 0
	var invalid *Invalid
	if _, _, err := w.Create(context.Background(), tenant, d, Key{}); !errors.As(err, &invalid) || invalid.Fields[0].Field != "capacity" {
		t.Errorf("got %v", err)
	}
}

func TestCreateWithoutAVenueTakesNoConnection(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	w.venues.EXPECT().Check(ctx, tenant, "v-1").Return(ErrVenueUnknown).Once()
	var invalid *Invalid
	if _, _, err := w.Create(ctx, tenant, concert(), Key{}); !errors.As(err, &invalid) || invalid.Fields[0].Field != "venue_id" {
		t.Errorf("unknown venue: %v", err)
	}
	w.venues.EXPECT().Check(ctx, tenant, "v-1").Return(errVenueDown).Once()
	if _, _, err := w.Create(ctx, tenant, concert(), Key{}); !errors.Is(err, errVenueDown) {
		t.Errorf("venue-service down: %v", err)
	}
}

var errVenueDown = &Unavailable{Dependency: "venue-service", Err: errors.New("down")}

func TestTheFallbackMakesUnverifiedDrafts(t *testing.T) {
	w := newWorld(t)
	w.venues.EXPECT().Check(mock.Anything, tenant, "v-1").Return(&Unverified{Err: errVenueDown}).Once()
	w.stores(Key{})
	w.reader.EXPECT().Changed(mock.Anything, tenant, mock.Anything, mock.Anything).Once()
	got, _, err := w.Create(context.Background(), tenant, concert(), Key{})
	if err != nil || got.VenueVerified {
		t.Errorf("verified %v, %v", got.VenueVerified, err)
	}
}

// Nobody knows whether the event is there: a list in memory may lack it.
func TestALostCommitForgetsWhatIsInMemory(t *testing.T) {
	w := newWorld(t)
	w.venues.EXPECT().Check(mock.Anything, tenant, "v-1").Return(nil)
	for _, lost := range []error{
		&Unavailable{Dependency: "database", Unknown: true, Err: errors.New("gone")},
		&TimedOut{Dependency: "database", Err: errors.New("late")},
	} {
		w.repository.EXPECT().Insert(mock.Anything, tenant, mock.Anything, Key{}).Return(Event{}, false, lost).Once()
		w.reader.EXPECT().Changed(mock.Anything, tenant, mock.Anything, []string{"v-1"}).Once()
		if _, _, err := w.Create(context.Background(), tenant, concert(), Key{}); !errors.Is(err, lost) {
			t.Errorf("got %v, want %v", err, lost)
		}
	}
}

func TestListBoundsThePage(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	for asked, want := range map[int]int{0: DefaultPage, 7: 7, MaxPage + 1: MaxPage} {
		w.reader.EXPECT().List(ctx, tenant, Filter{Limit: want}).Return(Page{Next: uuid.Max}, nil).Once()
		if p, err := w.List(ctx, tenant, Filter{Limit: asked}); err != nil || p.Next != uuid.Max {
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
