package fault

import (
	"testing"
	"time"
)

// A fault with a value that toxiproxy would take in silence, and that would
// then break nothing, is rejected.
func TestNetworkFaultsWantTheirValues(t *testing.T) {
	for _, f := range []Fault{
		Refuse(Redis), Slow(Redis, time.Second), Slow(Redis, time.Second).GiveOrTake(time.Second / 2), LimitBandwidth(Redis, 1000),
		SlowReads(Redis, time.Second), SlowReads(Redis, time.Second).GiveOrTake(time.Second / 2),
		BlackHole(Redis), Reset(Redis), CloseAfterBytes(Redis, 1), DelayClose(Redis, time.Second), SliceResponses(Redis, 1, time.Second),
		RefuseLogin("28P01"), Flap(Venue, 429),
	} {
		if err := f.Validate(); err != nil {
			t.Errorf("%s: %v", f, err)
		}
	}
	for _, f := range []Fault{
		Slow(Redis, 0), Slow(Redis, time.Second).GiveOrTake(time.Second), Slow(Redis, time.Second).GiveOrTake(-1),
		SlowReads(Redis, 0), SlowReads(Redis, time.Second).GiveOrTake(time.Second), DelayClose(Redis, time.Second).GiveOrTake(1),
		LimitBandwidth(Redis, 0), LimitBandwidth(Redis, 999), LimitBandwidth(Redis, 1500), CloseAfterBytes(Redis, 0), DelayClose(Redis, 0),
		SliceResponses(Redis, 0, time.Second), SliceResponses(Redis, 1, 0), Reset(""), RefuseLogin("28"), Flap(Venue, 200),
	} {
		if f.Validate() == nil {
			t.Errorf("%s was not rejected: %+v", f, f)
		}
	}
}
