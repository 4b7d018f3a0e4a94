package play

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/world"
)

// stage injects one fault, waits for what must be seen, heals it, and, after
// the last one, waits for the recovery. It reports whether another one follows.
func (p *player) stage(ctx context.Context, number int, stage scenarios.Stage) (goOn bool) {
	inj, ok := p.prepare(ctx, number, stage.Fault)
	if !ok {
		return false
	}
	defer inj.Close()
	if !p.untrueBefore(ctx, number, stage) {
		return false
	}
	if number == 0 {
		p.diagnose(ctx, scenarios.PhaseBefore, 0, healthyWorld(p.s))
	}

	// Healing belongs to the fault: registered before the injection, so that
	// half an injection, a panic or an interruption is healed as well.
	healed := false
	heal := func() bool {
		if healed {
			return true
		}
		healed = true
		return p.heal(ctx, number, inj)
	}
	defer heal()

	if !p.inject(ctx, number, stage.Fault, inj) || !p.during(ctx, number, stage, inj) {
		return false
	}
	p.phase(scenarios.PhaseHeal, number)
	if !heal() || !p.awaitWitness(ctx, scenarios.PhaseAfter, number, inj, record.Inactive) {
		return false
	}
	if number < len(p.s.Stages())-1 && (p.s.Repeat == 0 || p.recovers(ctx, number)) {
		return true
	}
	p.after(ctx)
	return false
}

// recovers waits between two injections of one fault until the service has
// recovered. One that does not gets no further fault: it is judged by what must
// hold afterwards.
func (p *player) recovers(ctx context.Context, number int) bool {
	recovery, _ := p.s.Afterwards()
	first := recovery[0].Spec()
	first.InARow = 1
	between := number + 1 // the first is that of the last recovery
	return p.await(ctx, scenarios.PhaseAfter, between, scenarios.IDs(recovery)[0], first, p.phase(scenarios.PhaseAfter, between)).Held
}

// prepare makes the fault ready and has the witness report its absence.
func (p *observer) prepare(ctx context.Context, number int, f fault.Fault) (world.Injection, bool) {
	inj, err := p.w.Prepare(ctx, f)
	var unsupported *world.UnsupportedError
	switch {
	case errors.As(err, &unsupported):
		p.record(record.Event{Kind: record.EventUnsupported, Stage: number, Err: unsupported.Reason})
		return nil, false
	case err != nil:
		p.cannot(err)
		return nil, false
	}
	if !p.awaitWitness(ctx, scenarios.PhaseBefore, number, inj, record.Inactive) {
		inj.Close()
		return nil, false
	}
	return inj, true
}

// untrueBefore sees to it that no safe During expectation holds before the fault.
// What holds may be the rest of something that is over, such as the line of one
// answer that came late: it gets several quiet times to be gone for. What holds
// again in each of them is true without the fault.
func (p *observer) untrueBefore(ctx context.Context, number int, stage scenarios.Stage) bool {
	since := p.steadyAt
	if number > 0 {
		since = time.Now()
	}
	for range quietPeriods {
		holding, leaks := p.observeBefore(ctx, number, stage, since)
		if len(holding) == 0 {
			return true
		}
		since = time.Now()
		if leaks || !pause(ctx, quietPeriod) { // a leak needs no second one
			return false
		}
	}
	holding, leaks := p.observeBefore(ctx, number, stage, since)
	if len(holding) == 0 {
		return true
	}
	if leaks || !p.tolerates(ctx) {
		return false
	}
	for _, id := range holding {
		p.deviation(scenarios.PhaseBefore, number, id)
	}
	return true
}

// observeBefore looks once at each safe During expectation, and lists those that hold.
func (p *observer) observeBefore(ctx context.Context, number int, stage scenarios.Stage, since time.Time) (holding []string, leaks bool) {
	for i, id := range scenarios.IDs(stage.During) {
		e := stage.During[i].Spec()
		if !e.Probe.Safe() || e.UnaffectedByFault {
			continue
		}
		looking, cancel := context.WithTimeout(ctx, scenarios.ObservationTimeout)
		o := p.w.Observe(looking, e.Probe, since)
		cancel()
		p.recordObservation(scenarios.PhaseBefore, number, id, o)
		if holds, _ := e.Holds(o); holds {
			holding, leaks = append(holding, id), leaks || e.Probe.Kind == scenarios.ProbeIsolation
		}
	}
	return holding, leaks
}

// during waits for the stage's expectations while the witness is heard, and
// has it report again after the last observation.
func (p *player) during(ctx context.Context, number int, stage scenarios.Stage, inj world.Injection) bool {
	start := p.phase(scenarios.PhaseDuring, number)
	// Without a witness nothing that is seen counts, so the observations end with it.
	looking, cancel := context.WithCancel(ctx)
	defer cancel()
	var beside sync.WaitGroup
	bites := false
	p.spawn(&beside, func() {
		if bites = p.awaitWitness(ctx, scenarios.PhaseDuring, number, inj, record.Active); !bites {
			cancel()
		}
	})
	p.awaitAll(looking, scenarios.PhaseDuring, number, stage.During, start)
	beside.Wait()
	if !bites {
		return false
	}
	p.diagnose(ctx, scenarios.PhaseDuring, number, stage.Fault.String())
	p.sample(ctx)
	p.awaitRequests(ctx, p.traffic.since(start))
	if number == 0 && p.arm == nil && slices.ContainsFunc(p.s.Properties(), scenarios.Property.HoldsUnderFault) {
		p.properties(ctx, underFault)
	}
	reaching, done := context.WithTimeout(ctx, reachTimeout)
	p.record(record.Event{Kind: record.EventReach, Phase: scenarios.PhaseDuring, Stage: number, Reached: p.w.Reach(reaching)})
	done()
	return p.awaitWitness(ctx, scenarios.PhaseHeal, number, inj, record.Active)
}

// sample waits until each Always expectation was looked at often enough under
// the fault that is in force.
func (p *observer) sample(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, alwaysTimeout)
	defer cancel()
	p.watchClosely()
	seen := make([]int, len(p.s.Always))
	for len(seen) > 0 && slices.Min(seen) < alwaysSamples {
		select {
		case i := <-p.sampled:
			seen[i]++
		case <-ctx.Done():
			return
		}
	}
}

// awaitWitness asks the witness until it reports what is wanted, or its time is over.
// A witness that stays unclear says nothing.
func (p *observer) awaitWitness(ctx context.Context, phase scenarios.Phase, number int, inj world.Injection, want record.Presence) bool {
	ctx, cancel := context.WithTimeout(ctx, scenarios.WitnessDeadline)
	defer cancel()
	for {
		t := inj.Witness(ctx)
		p.record(record.Event{Kind: record.EventWitnessReport, Phase: phase, Stage: number, WitnessReport: &t})
		if t.Presence == want {
			return true
		}
		if !pause(ctx, minPollInterval) {
			return false
		}
	}
}

// inject puts the fault in force.
func (p *observer) inject(ctx context.Context, number int, f fault.Fault, inj world.Injection) bool {
	began := time.Now()
	err := inj.Inject(ctx)
	p.record(record.Event{Kind: record.EventInject, Phase: scenarios.PhaseDuring, Stage: number, Text: f.String(), Err: text(err), Took: time.Since(began)})
	return err == nil
}

// heal lifts the fault on a context that no interruption ends.
func (p *observer) heal(ctx context.Context, number int, inj world.Injection) bool {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), healDeadline)
	defer cancel()
	began := time.Now()
	err := inj.Heal(ctx)
	p.record(record.Event{At: began, Kind: record.EventHeal, Phase: scenarios.PhaseHeal, Stage: number, Err: text(err), Took: time.Since(began)})
	return err == nil
}

// controlStage watches the stage's expectations for a while with no fault at
// all, between two witness reports to its absence.
func (p *player) controlStage(ctx context.Context, number int, stage scenarios.Stage) bool {
	inj, ok := p.prepare(ctx, number, stage.Fault)
	if !ok {
		return false
	}
	defer inj.Close()
	start := p.phase(scenarios.PhaseDuring, number)
	watching, cancel := context.WithTimeout(ctx, controlWindow)
	defer cancel()
	var beside sync.WaitGroup
	for i, id := range scenarios.IDs(stage.During) {
		probe := stage.During[i].Spec().Probe
		p.spawn(&beside, func() {
			for {
				// An observation is not cut by the window's end: the last one tells the healthy value.
				looking, done := context.WithTimeout(ctx, scenarios.ObservationTimeout)
				o := p.w.Observe(looking, probe, start)
				done()
				p.recordObservation(scenarios.PhaseDuring, number, id, o)
				if !pause(watching, pollInterval(time.Since(start))) {
					return
				}
			}
		})
	}
	beside.Wait()
	return p.awaitWitness(ctx, scenarios.PhaseHeal, number, inj, record.Inactive)
}
