package play

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/world"
)

// player carries one scenario out: it injects, heals and does what the runbook
// prescribes. It records everything and judges nothing beyond what it needs to
// know when to go on.
type player struct {
	observer
	arm *scenarios.Arm // of the mode Arms
	// unwatch ends the sampling of the Always expectations.
	unwatch func()
}

// observer observes a world as the scenario asks for.
type observer struct {
	clock
	s    scenarios.Scenario
	w    world.World
	mode scenarios.Mode
	// steadyAt is when the steady state was reached: what was said before belongs to
	// the start.
	steadyAt time.Time
	// sampled gets the index of an Always expectation after each of its looks.
	sampled chan int
	traffic *traffic
}

// clock knows when what began.
type clock struct {
	reporter
	began time.Time

	mu         sync.Mutex
	milestones map[string]*milestone
	changed    time.Time // when something changed last
}

// reporter writes down what happens.
type reporter struct{ rec record.Recorder }

// Play carries a scenario out in a world and records what happens. It returns
// when everything that it injected is healed, whatever became of ctx.
func Play(ctx context.Context, s scenarios.Scenario, w world.World, mode scenarios.Mode, rec record.Recorder) {
	play(ctx, s, w, mode, nil, rec)
}

func play(ctx context.Context, s scenarios.Scenario, w world.World, mode scenarios.Mode, arm *scenarios.Arm, rec record.Recorder) {
	p := &player{observer: observer{s: s, w: w, mode: mode, sampled: make(chan int)}, arm: arm, unwatch: func() {}}
	p.rec, p.began, p.milestones = rec, time.Now(), map[string]*milestone{}
	for _, e := range s.Expectations() {
		if e.Milestone != "" {
			p.milestones[e.Milestone] = &milestone{known: make(chan struct{})}
		}
	}
	defer p.catchPanic()
	limit := Bound(s) + startTimeout(w) - startDeadline
	bounded, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	p.play(bounded)
	for _, s := range w.Stalls(p.began) {
		p.record(record.Event{At: s.At, Kind: record.EventStall, Took: s.Took, Text: s.What})
	}
	if ctx.Err() != nil {
		p.interrupted(ctx)
	} else if bounded.Err() != nil {
		p.broken(fmt.Errorf("not at its end after %s, the longest that its waits add up to", limit))
	}
	p.phase(scenarios.PhaseEnd, 0)
}

func (p *player) play(ctx context.Context) {
	p.phase(scenarios.PhaseProve, 0)
	if !p.prove(ctx) {
		return
	}
	// A Failed stands only on a stack that still works afterwards.
	defer func() {
		if !p.prove(context.WithoutCancel(ctx)) {
			pause(ctx, judge.EndNoticeTimeout) // that a server has ended is noticed a moment later
		}
	}()
	p.phase(scenarios.PhaseStart, 0)
	if !p.start(ctx) || !p.steady(ctx) {
		return
	}
	if p.arm == nil {
		p.properties(ctx, beforeFaults)
	}
	p.steadyAt = time.Now()
	p.unwatch = sync.OnceFunc(p.watch(ctx))
	defer p.unwatch()
	p.drive(ctx)
	defer func() { p.traffic.stop() }()
	apart := p.firstReading(ctx)
	p.awaitRequests(ctx, p.traffic.ended) // those under way when the fault comes belong to neither side
	if p.arm != nil {
		p.playArm(ctx, *p.arm)
		return
	}
	apart()
	for i, stage := range p.s.Stages() {
		p.phase(scenarios.PhaseBefore, i)
		play := p.stage
		if p.mode == scenarios.Control {
			play = p.controlStage
		}
		if !play(ctx, i, stage) {
			return
		}
	}
	if p.mode == scenarios.Control {
		return
	}
	if len(p.s.Stages()) == 0 {
		p.after(ctx)
	}
}

func (p *player) prove(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, scenarios.ProofDeadline)
	defer cancel()
	err := p.w.Prove(ctx)
	p.record(record.Event{Kind: record.EventProof, Err: text(err)})
	return err == nil
}

func (p *player) start(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, startTimeout(p.w))
	defer cancel()
	err := p.w.Start(ctx)
	p.record(record.Event{Kind: record.EventStart, Err: text(err), Target: targets(err)})
	return err == nil
}

// steady looks at one expectation after the other: the first usually waits
// for readiness, and the others mean nothing before it. What is only inferred
// holds up nobody.
func (p *observer) steady(ctx context.Context) bool {
	p.phase(scenarios.PhaseSteady, 0)
	for i, id := range scenarios.IDs(p.s.Steady) {
		e := p.s.Steady[i].Spec()
		f := p.await(ctx, scenarios.PhaseSteady, 0, id, e, time.Time{})
		switch {
		case f.Held || e.EffectiveBasis() == scenarios.Inferred:
		case !f.Unseen() && p.tolerates(ctx):
			p.deviation(scenarios.PhaseSteady, 0, id)
		default:
			return false
		}
	}
	return true
}

// watch samples the Always expectations until the returned function is called.
func (p *observer) watch(ctx context.Context) (stop func()) {
	watching, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	for i, id := range scenarios.IDs(p.s.Always) {
		probe := p.s.Always[i].Spec().Probe
		p.spawn(&running, func() {
			for {
				// An observation is not cut by the end, so that each expectation gets at least one.
				looking, done := context.WithTimeout(ctx, scenarios.ObservationTimeout)
				o := p.w.Observe(looking, probe, p.began)
				done()
				p.recordObservation(scenarios.PhaseAlways, 0, id, o)
				select {
				case p.sampled <- i:
				default: // nobody counts now
				}
				if !pause(watching, pauseAlways(p.unchanged())) {
					return
				}
			}
		})
	}
	return func() { cancel(); running.Wait() }
}

// after looks at what must hold afterwards.
func (p *player) after(ctx context.Context) {
	start := p.phase(scenarios.PhaseAfter, 0)
	recovery, audits := p.s.Afterwards()
	p.awaitAll(ctx, scenarios.PhaseAfter, 0, recovery, start)
	p.awaitEachKind(ctx) // what has come back has to stay
	p.diagnose(ctx, scenarios.PhaseAfter, 0, healedWorld(p.s))
	p.remedies(ctx)
	// The load ends before the audit: nothing may be under way.
	p.traffic.stop()
	p.awaitAll(ctx, scenarios.PhaseAudit, 0, audits, p.phase(scenarios.PhaseAudit, 0))
	p.unwatch() // what the service does of its own accord is counted
	p.properties(ctx, afterRecovery)
}

// remedies does what the runbook prescribes and looks again at what must hold
// afterwards: a cure must not do harm to who is well.
func (p *player) remedies(ctx context.Context) {
	if len(p.s.Remedy) == 0 {
		return
	}
	p.phase(scenarios.PhaseRemedy, 0)
	for _, r := range p.s.Remedy {
		if !p.remedy(ctx, r) {
			return
		}
	}
	p.awaitAll(ctx, scenarios.PhaseRemedied, 0, p.s.RecoveryInArms(), p.phase(scenarios.PhaseRemedied, 0))
	p.awaitEachKind(ctx)
}

func (p *reporter) record(e record.Event) {
	if e.At.IsZero() {
		e.At = time.Now()
	}
	p.rec.Record(e)
}

// phase records that a phase begins, and returns when.
func (p *clock) phase(phase scenarios.Phase, stage int) time.Time {
	now := p.watchClosely()
	p.record(record.Event{At: now, Kind: record.EventPhase, Phase: phase, Stage: stage})
	return now
}

// watchClosely has the Always expectations observed often for a while.
func (p *clock) watchClosely() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.changed = time.Now()
	return p.changed
}

// unchanged is how long ago that was.
func (p *clock) unchanged() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Since(p.changed)
}

func (p *reporter) recordObservation(phase scenarios.Phase, stage int, id string, o scenarios.Observation) {
	p.record(record.Event{At: o.Ended(), Kind: record.EventObservation, Phase: phase, Stage: stage, Of: id, Observation: &o})
}

// cannot says that the scenario cannot be made ready: the service's doing as if
// it had not started, where it refused what every service does, else ours.
func (p *reporter) cannot(err error) {
	if targets(err) {
		p.record(record.Event{Kind: record.EventStart, Err: err.Error(), Target: true})
		return
	}
	p.record(record.Event{Kind: record.EventUnready, Err: err.Error()})
}

// targets reports whether an error is the service's.
func targets(err error) bool {
	var target *world.TargetError
	return errors.As(err, &target)
}

func (p *reporter) broken(err error) {
	p.record(record.Event{Kind: record.EventBroken, Err: err.Error()})
}

// spawn runs f beside the others; a panic in it breaks the run, not the process.
func (p *reporter) spawn(group *sync.WaitGroup, f func()) {
	group.Go(func() {
		defer p.catchPanic()
		f()
	})
}

func (p *reporter) catchPanic() {
	if r := recover(); r != nil {
		p.broken(fmt.Errorf("panic: %v\n%s", r, debug.Stack()))
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
