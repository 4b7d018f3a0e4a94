package scenarios

import (
	"errors"
	"fmt"
	"time"
)

// Dependency is something that the service needs in order to work.
type Dependency string

// The dependencies of the event-service.
const (
	Postgres Dependency = "postgres"
	Redis    Dependency = "redis"
	Venue    Dependency = "venue-service"
)

// Capability is something a stack or target must offer before a fault can be staged.
type Capability string

const (
	// NeedsNetwork is control over the path between the service and a dependency.
	NeedsNetwork Capability = "network"
	// NeedsSQL is administrative access to the service's database.
	NeedsSQL Capability = "sql"
)

// FaultKind names a way of breaking something.
type FaultKind string

const (
	// NoFault is the zero value: nothing is broken.
	NoFault FaultKind = ""
	// FaultRefused closes the dependency's port: open connections are cut, new ones refused.
	FaultRefused FaultKind = "refused"
	// FaultLatency delays every answer of the dependency.
	FaultLatency FaultKind = "latency"
	// FaultBlackHole swallows every byte in both directions; connections hang.
	FaultBlackHole FaultKind = "black-hole"
	// FaultRLSDisabled switches row level security off beneath the running service.
	FaultRLSDisabled FaultKind = "rls-disabled"
)

// Fault is a value: what is broken, on which dependency, by how much.
type Fault struct {
	Kind FaultKind  `json:"kind,omitempty"`
	On   Dependency `json:"on,omitempty"`
	// Delay is added to each answer, that is to each round trip (latency only).
	Delay time.Duration `json:"delay,omitempty"`
}

// Refuse makes a dependency refuse connections, as when its process is gone.
func Refuse(on Dependency) Fault { return Fault{Kind: FaultRefused, On: on} }

// Slow delays every round trip to a dependency by the given time.
func Slow(on Dependency, perRoundTrip time.Duration) Fault {
	return Fault{Kind: FaultLatency, On: on, Delay: perRoundTrip}
}

// BlackHole makes a dependency unreachable without a refusal, as when its host is gone.
func BlackHole(on Dependency) Fault { return Fault{Kind: FaultBlackHole, On: on} }

// DisableRLS switches row level security off on the table of events.
func DisableRLS() Fault { return Fault{Kind: FaultRLSDisabled, On: Postgres} }

// IsZero reports whether f breaks nothing.
func (f Fault) IsZero() bool { return f.Kind == NoFault }

// OnIsolation reports whether f takes the tenants' isolation itself away.
// Under such a fault a service may contain the leak by other means.
func (f Fault) OnIsolation() bool { return f.Kind == FaultRLSDisabled }

// Needs lists the capabilities without which f cannot be staged.
func (f Fault) Needs() []Capability {
	switch f.Kind {
	case FaultRefused, FaultLatency, FaultBlackHole:
		return []Capability{NeedsNetwork}
	case FaultRLSDisabled:
		return []Capability{NeedsSQL}
	}
	return nil
}

// String names the fault in a few words.
func (f Fault) String() string {
	switch f.Kind {
	case NoFault:
		return "no fault"
	case FaultRefused:
		return fmt.Sprintf("%s refuses connections", f.On)
	case FaultLatency:
		return fmt.Sprintf("%s answers %s late", f.On, f.Delay)
	case FaultBlackHole:
		return fmt.Sprintf("%s swallows every byte", f.On)
	case FaultRLSDisabled:
		return "row level security is off"
	}
	return string(f.Kind)
}

func (f Fault) validate() error {
	if f.IsZero() {
		return nil
	}
	if f.Needs() == nil {
		return fmt.Errorf("fault kind %q is not known", f.Kind)
	}
	if f.On == "" {
		return errors.New("fault is on no dependency")
	}
	if f.Kind == FaultLatency && f.Delay <= 0 {
		return errors.New("latency fault has no delay")
	}
	return nil
}
