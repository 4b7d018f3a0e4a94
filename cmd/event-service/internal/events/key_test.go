package events

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/mock"
)

func TestAKeyStandsForOneRequest(t *testing.T) {
	key, again := NewKey("k", concert()), NewKey("k", concert())
	dearer, moved := concert(), concert()
	dearer.PriceCents++
	moved.StartsAt = moved.StartsAt.In(time.FixedZone("east", 3600))
	another, elsewhere := NewKey("k", dearer), NewKey("k", moved)
	if !key.Matches(again.Fingerprint[:]) || key.Matches(another.Fingerprint[:]) {
		t.Error("the fingerprint does not tell requests apart")
	}
	if !key.Matches(elsewhere.Fingerprint[:]) {
		t.Error("the same moment in another time zone is another request")
	}
	if !NewKey("", concert()).Empty() {
		t.Error("no key is one")
	}
}

func TestAKeyedCreateIsRemembered(t *testing.T) {
	w := newWorld(t)
	key := NewKey("k", concert())
	w.records.EXPECT().Recall(mock.Anything, tenant, key).Return(Event{}, false, nil).Once()
	w.venues.EXPECT().Check(mock.Anything, tenant, "v-1").Return(nil).Once()
	w.stores(key)
	w.reader.EXPECT().Changed(mock.Anything, tenant, mock.Anything, mock.Anything).Once()
	w.records.EXPECT().Remember(mock.Anything, tenant, key, mock.Anything).Once()
	if _, replayed, err := w.Create(context.Background(), tenant, concert(), key); err != nil || replayed {
		t.Error(replayed, err)
	}
}

func TestAReplayAsksNobody(t *testing.T) {
	w := newWorld(t)
	key := NewKey("k", concert())
	w.records.EXPECT().Recall(mock.Anything, tenant, key).Return(stored(), true, nil).Once()
	if e, replayed, err := w.Create(context.Background(), tenant, concert(), key); err != nil || !replayed || e.ID != id {
		t.Error(e.ID, replayed, err)
	}
	w.records.EXPECT().Recall(mock.Anything, tenant, key).Return(Event{}, false, ErrKeyReused).Once()
	if _, _, err := w.Create(context.Background(), tenant, concert(), key); !errors.Is(err, ErrKeyReused) {
		t.Error(err)
	}
}

// A retry must learn what became of the first try, also while Redis has
// forgotten and the venue-service is down.
func TestARetryIsSettledWithoutTheVenueService(t *testing.T) {
	key := NewKey("k", concert())
	for _, c := range []struct {
		found bool
		err   error
		want  error
	}{
		{true, nil, nil},
		{false, nil, errVenueDown},
		{false, ErrKeyReused, ErrKeyReused},
		{false, errors.New("database down as well"), errVenueDown},
	} {
		w := newWorld(t)
		w.records.EXPECT().Recall(mock.Anything, tenant, key).Return(Event{}, false, nil).Once()
		w.venues.EXPECT().Check(mock.Anything, tenant, "v-1").Return(errVenueDown).Once()
		w.repository.EXPECT().Replay(mock.Anything, tenant, key).Return(stored(), c.found, c.err).Once()
		_, replayed, err := w.Create(context.Background(), tenant, concert(), key)
		if replayed != c.found || !errors.Is(err, c.want) {
			t.Errorf("%+v: replayed %v, %v", c, replayed, err)
		}
	}
}
