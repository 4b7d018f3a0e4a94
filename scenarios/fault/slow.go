package fault

import (
	"fmt"
	"time"
)

// FaultLatency delays every answer of the dependency.
const FaultLatency Kind = "latency"

// Slow delays every round trip to a dependency by the given time.
func Slow(on Dependency, perRoundTrip time.Duration) Fault {
	return Fault{Kind: FaultLatency, On: on, Delay: perRoundTrip}
}

func init() {
	kinds[FaultLatency] = kindOf{
		needs:    link,
		describe: func(f Fault) string { return fmt.Sprintf("%s answers %s late", f.On, f.Delay) + giveOrTake(f) },
		check:    hasLatency,
	}
}

// GiveOrTake lets a delay vary by the jitter, up and down, each time by another.
func (f Fault) GiveOrTake(jitter time.Duration) Fault {
	f.Jitter = jitter
	return f
}
