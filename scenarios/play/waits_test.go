package play

import (
	"testing"
	"time"
)

// TestTimesUpToASecondAreKnownTo20Milliseconds: what comes about between two
// observations is put in the middle. By hand: with pollInterval it is red.
func TestTimesUpToASecondAreKnownTo20Milliseconds(t *testing.T) {
	const wanted, observation = 20 * time.Millisecond, 5 * time.Millisecond
	for at := time.Duration(0); at < time.Second; at += measuredInterval(at) + observation {
		if wrong := (measuredInterval(at) + observation) / 2; wrong > wanted {
			t.Fatalf("after %s a time may be wrong by %s", at, wrong)
		}
	}
}
