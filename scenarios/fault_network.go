package scenarios

import (
	"errors"
	"fmt"
	"time"
)

// Faults on the way between the service and a dependency.
const (
	// FaultRefused closes the dependency's port: open connections are cut, new ones refused.
	FaultRefused FaultKind = "refused"
	// FaultLatency delays every answer of the dependency.
	FaultLatency FaultKind = "latency"
	// FaultBlackHole swallows every byte in both directions; connections hang.
	FaultBlackHole FaultKind = "black-hole"
)

var networkFaults = map[FaultKind]kindOf{
	FaultRefused: {
		needs: needs(NeedsNetwork),
		says:  func(f Fault) string { return fmt.Sprintf("%s refuses connections", f.On) },
	},
	FaultLatency: {
		needs: needs(NeedsNetwork),
		says:  func(f Fault) string { return fmt.Sprintf("%s answers %s late", f.On, f.Delay) },
		check: hasDelay,
	},
	FaultBlackHole: {
		needs: needs(NeedsNetwork),
		says:  func(f Fault) string { return fmt.Sprintf("%s swallows every byte", f.On) },
	},
}

// Refuse makes a dependency refuse connections, as when its process is gone.
func Refuse(on Dependency) Fault { return Fault{Kind: FaultRefused, On: on} }

// Slow delays every round trip to a dependency by the given time.
func Slow(on Dependency, perRoundTrip time.Duration) Fault {
	return Fault{Kind: FaultLatency, On: on, Delay: perRoundTrip}
}

// BlackHole makes a dependency unreachable without a refusal, as when its host is gone.
func BlackHole(on Dependency) Fault { return Fault{Kind: FaultBlackHole, On: on} }

func hasDelay(f Fault) error {
	if f.Delay <= 0 {
		return errors.New("latency fault has no delay")
	}
	return nil
}
