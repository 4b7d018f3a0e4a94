package fault

import (
	"errors"
	"fmt"
	"time"
)

// Dependency is something that the service needs in order to work, or the
// service itself where that is what is broken.
type Dependency string

// What can be broken.
const (
	Postgres Dependency = "postgres"
	Redis    Dependency = "redis"
	Venue    Dependency = "venue-service"
	// Identity is who publishes the keys that tokens are checked with.
	Identity Dependency = "identity"
	// Solana is the RPC node that is told of publications, at best.
	Solana Dependency = "solana-rpc"
	// Everything is each dependency of the runbook's table of variables at
	// once: Postgres, Redis and the venue-service.
	Everything Dependency = "every dependency"
	// Service is the service under test.
	Service Dependency = "event-service"
)

// Each lists the dependencies that d stands for: itself, as a rule.
func (d Dependency) Each() []Dependency {
	if d == Everything {
		return []Dependency{Postgres, Redis, Venue}
	}
	return []Dependency{d}
}

// Kind names a way of breaking something.
type Kind string

// noFault is the zero value: nothing is broken.
const noFault Kind = ""

// Fault is a value: what is broken, on which dependency, by how much. Each
// kind says which of the fields it uses; make one with its constructor.
type Fault struct {
	Kind Kind       `json:"kind,omitempty"`
	On   Dependency `json:"on,omitempty"`
	// Delay is a time by which something is late or after which it happens.
	Delay time.Duration `json:"delay,omitempty"`
	// Jitter is how far a delay varies, up and down.
	Jitter time.Duration `json:"jitter,omitempty"`
	// Amount is a number of something: bytes, connections, requests.
	Amount int64 `json:"amount,omitempty"`
	// Detail is a name: of a variable, a status, a key.
	Detail string `json:"detail,omitempty"`
}

// kindOf is what the engine must know of a kind of fault.
type kindOf struct {
	// needs are the capabilities without which it cannot be injected on a
	// dependency; nil: there are none.
	needs func(on Dependency) []Capability
	// describe names the fault in a few words.
	describe func(f Fault) string
	// check says what of the value is missing or wrong; nil: nothing can be.
	check func(f Fault) error
	// isolation: it takes the tenants' isolation itself away.
	isolation bool
	// hides: it hides rows that are there, so that who says that there is nothing
	// says what it sees.
	hides bool
	// rewrites: it changes what is cached, and with it the service's own signs
	// that something has changed, so that old values may be cached again.
	rewrites bool
	// lasts is how long it must be active before it shows; nil: it shows at once.
	lasts func(f Fault) time.Duration
	// down: while it is active the service's process is not there to answer.
	down bool
}

// kinds are all kinds of faults: each has a file of its own, which adds it.
var kinds = map[Kind]kindOf{}

// IsZero reports whether f breaks nothing.
func (f Fault) IsZero() bool { return f.Kind == noFault }

// OnIsolation reports whether f takes the tenants' isolation itself away.
// Under such a fault a service may contain the leak by other means.
func (f Fault) OnIsolation() bool { return kinds[f.Kind].isolation }

// Hides reports whether f hides rows that are there from a service that looks.
func (f Fault) Hides() bool { return kinds[f.Kind].hides }

// RewritesCache reports whether f changes what the service has cached.
func (f Fault) RewritesCache() bool { return kinds[f.Kind].rewrites }

// TakesServiceDown reports whether the service's own process is not there to
// answer while f is active.
func (f Fault) TakesServiceDown() bool { return kinds[f.Kind].down }

// Late is how late any answer can be by f alone, whoever gives it. SlowReads
// delays as much as the service itself has shown that it asks.
func (f Fault) Late() time.Duration {
	if f.Kind == FaultReadsLate {
		return 0
	}
	return f.Delay + f.Jitter
}

// Lasts is how long f must be active before it shows.
func (f Fault) Lasts() time.Duration {
	if lasts := kinds[f.Kind].lasts; lasts != nil {
		return lasts(f)
	}
	return 0
}

// String names the fault in a few words.
func (f Fault) String() string {
	if f.IsZero() {
		return "no fault"
	}
	if kind, known := kinds[f.Kind]; known {
		return kind.describe(f)
	}
	return string(f.Kind)
}

// Validate says what of a fault is missing or wrong.
func (f Fault) Validate() error {
	if f.IsZero() {
		return nil
	}
	kind, known := kinds[f.Kind]
	if !known {
		return fmt.Errorf("fault kind %q is not known", f.Kind)
	}
	if f.On == "" {
		return errors.New("fault is on no dependency")
	}
	if f.Jitter != 0 && f.Kind != FaultLatency && f.Kind != FaultReadsLate {
		return fmt.Errorf("%s fault has a jitter: it knows none", f.Kind)
	}
	if kind.check != nil {
		return kind.check(f)
	}
	return nil
}
