package scenarios

import (
	"testing"
	"time"
)

// A fault with a value that toxiproxy would take in silence, and that would
// then break nothing, is rejected.
func TestNetworkFaultsWantTheirValues(t *testing.T) {
	for _, f := range []Fault{
		Refuse(Redis), Slow(Redis, time.Second), Jittery(Redis, time.Second, time.Second/2), Narrow(Redis, 1000),
		BlackHole(Redis), Reset(Redis), Cut(Redis, 1), CloseLate(Redis, time.Second), Slice(Redis, 1, time.Second),
	} {
		if err := f.validate(); err != nil {
			t.Errorf("%s: %v", f, err)
		}
	}
	for _, f := range []Fault{
		Slow(Redis, 0), Jittery(Redis, time.Second, time.Second), Jittery(Redis, time.Second, -1), Jittery(Redis, 0, 0),
		Narrow(Redis, 0), Narrow(Redis, 999), Narrow(Redis, 1500), Cut(Redis, 0), CloseLate(Redis, 0),
		Slice(Redis, 0, time.Second), Slice(Redis, 1, 0), Reset(""),
	} {
		if f.validate() == nil {
			t.Errorf("%s was not rejected: %+v", f, f)
		}
	}
}
