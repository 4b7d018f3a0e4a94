package scenarios

import (
	"testing"
	"time"
)

// A fault with a value that toxiproxy would take in silence, and that would
// then break nothing, is rejected.
func TestNetworkFaultsWantTheirValues(t *testing.T) {
	for _, f := range []Fault{
		Refuse(Redis), Slow(Redis, time.Second), Slow(Redis, time.Second).GiveOrTake(time.Second / 2), Narrow(Redis, 1000),
		SlowReads(Redis, time.Second), SlowReads(Redis, time.Second).GiveOrTake(time.Second / 2),
		BlackHole(Redis), Reset(Redis), Cut(Redis, 1), CloseLate(Redis, time.Second), Slice(Redis, 1, time.Second),
	} {
		if err := f.validate(); err != nil {
			t.Errorf("%s: %v", f, err)
		}
	}
	for _, f := range []Fault{
		Slow(Redis, 0), Slow(Redis, time.Second).GiveOrTake(time.Second), Slow(Redis, time.Second).GiveOrTake(-1),
		SlowReads(Redis, 0), SlowReads(Redis, time.Second).GiveOrTake(time.Second), CloseLate(Redis, time.Second).GiveOrTake(1),
		Narrow(Redis, 0), Narrow(Redis, 999), Narrow(Redis, 1500), Cut(Redis, 0), CloseLate(Redis, 0),
		Slice(Redis, 0, time.Second), Slice(Redis, 1, 0), Reset(""),
	} {
		if f.validate() == nil {
			t.Errorf("%s was not rejected: %+v", f, f)
		}
	}
}
