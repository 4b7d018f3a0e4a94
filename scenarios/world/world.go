package world

import (
	"context"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/record"
)

// World is everything that one scenario plays in: the service, its
// dependencies and the means to break them. Whoever opened it closes it.
type World interface {
	// Prove shows that the harness's own stack works, without the service:
	// each dependency answers by the path that the service will take. An error
	// says what of ours does not work.
	Prove(ctx context.Context) error
	// Stalls are the host's that were not over by then: waits for something that
	// no fault of this world can reach, longer than StallLimit.
	Stalls(since time.Time) []record.Stall
	// Start starts the service. A [*TargetError] blames the service, any other
	// error the harness.
	Start(ctx context.Context) error
	// Observe carries out one probe. A log is read from since on. It never fails:
	// whatever goes wrong is part of the observation.
	Observe(ctx context.Context, p scenarios.Probe, since time.Time) scenarios.Observation
	// Load sends requests of both tenants on schedule until ctx ends, and then
	// waits for what is under way, LoadRequestTimeout at most. An error is our own.
	Load(ctx context.Context, plan scenarios.Load, observer LoadObserver) error
	// Reach asks each dependency by the service's way, and says what is wrong
	// with it, or nothing.
	Reach(ctx context.Context) map[fault.Dependency]string
	// Do does what the runbook prescribes. [*UnsupportedError] says what this
	// world lacks, a [*TargetError] blames the service. What a command printed is
	// evidence, whatever its exit code.
	Do(ctx context.Context, r scenarios.Remedy) ([]scenarios.Execution, error)
	// Prepare makes a fault ready, not yet in force: its witness opens the
	// connections that are to be there before it. [*UnsupportedError] says
	// what this world lacks.
	Prepare(ctx context.Context, f fault.Fault) (Injection, error)
	// Ask executes a diagnosis step as printed, once for each role that it can
	// be executed in. The error is the harness's own.
	Ask(ctx context.Context, s scenarios.Step) ([]scenarios.Execution, error)
}

// Injection is one fault in one world.
type Injection interface {
	// Inject puts the fault in force.
	Inject(ctx context.Context) error
	// Witness tells from the service's side of the path whether the fault
	// bites, on a connection opened before and on a new one. It never asks
	// the injector.
	Witness(ctx context.Context) record.WitnessReport
	// Heal lifts the fault. It may be called at any time, and twice.
	Heal(ctx context.Context) error
	// Close releases what the witness holds.
	Close()
}

// UnsupportedError says what the target or the machine lacks for a scenario.
type UnsupportedError struct {
	Reason string
	// OfStack says that it is for the stack's sake, and another kind of stack can stage it.
	OfStack bool
}

func (e *UnsupportedError) Error() string { return "unsupported: " + e.Reason }

// TargetError says that the service itself, and not the harness, is at fault.
type TargetError struct{ Err error }

func (e *TargetError) Error() string { return "service: " + e.Err.Error() }

func (e *TargetError) Unwrap() error { return e.Err }
