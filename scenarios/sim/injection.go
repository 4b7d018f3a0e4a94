package sim

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/world"
)

// fadesAfter is how long a fault lasts in a world where it fades.
const fadesAfter = 200 * time.Millisecond

// Prepare implements world.World.
func (w *World) Prepare(_ context.Context, f fault.Fault) (world.Injection, error) {
	switch w.mutation {
	case Lacks:
		return nil, &world.UnsupportedError{Reason: "this world has no " + string(f.Needs()[0])}
	case PreparationFails:
		return nil, errors.New("toxiproxy does not answer")
	}
	if f.Kind == fault.FaultReadsLate {
		f = fault.Slow(f.On, f.Delay/roundTrips)
	}
	return &Injection{w: w, f: f}, nil
}

// Injection implements world.Injection in memory.
type Injection struct {
	w     *World
	f     fault.Fault
	at    time.Time
	Heals atomic.Int32
}

// Inject implements world.Injection.
func (i *Injection) Inject(context.Context) error {
	switch i.w.mutation {
	case InjectionFails:
		return errors.New("409 conflict")
	case NothingInjected:
		return nil
	}
	i.w.mu.Lock()
	defer i.w.mu.Unlock()
	i.at = time.Now()
	i.w.fault = i.f
	if i.f.Kind == fault.FaultRefused {
		i.w.wounded = true
	}
	return nil
}

// Heal implements world.Injection.
func (i *Injection) Heal(context.Context) error {
	i.Heals.Add(1)
	if i.w.mutation == HealingFails {
		return errors.New("toxiproxy hangs")
	}
	i.w.mu.Lock()
	defer i.w.mu.Unlock()
	if i.w.mutation != HealingIsVain {
		i.w.fault = fault.Fault{}
	}
	return nil
}

// Witness implements world.Injection.
func (i *Injection) Witness(context.Context) record.WitnessReport {
	i.w.mu.Lock()
	defer i.w.mu.Unlock()
	bites := i.w.fault == i.f
	switch i.w.mutation {
	case WitnessUnclear:
		return record.WitnessReport{Old: "?", New: "?"}
	case OldSpared:
		if bites {
			return record.WitnessReport{Old: "works", New: "fails"}
		}
	case FaultFades:
		bites = bites && time.Since(i.at) < fadesAfter
	case BrokenBefore:
		bites = true
	}
	if bites {
		return record.WitnessReport{Presence: record.Active, Old: "fails", New: "fails"}
	}
	return record.WitnessReport{Presence: record.Inactive, Old: "works", New: "works"}
}

// Close implements world.Injection.
func (i *Injection) Close() {}
