package play

import (
	"context"
	"sync"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// awaitAll waits for a list of expectations side by side.
func (p *observer) awaitAll(ctx context.Context, phase scenarios.Phase, stage int, list []scenarios.Expectation, start time.Time) {
	var waiting sync.WaitGroup
	for i, id := range scenarios.IDs(list) {
		p.spawn(&waiting, func() { p.await(ctx, phase, stage, id, list[i].Spec(), start) })
	}
	waiting.Wait()
}

// await looks until the expectation is settled or its deadline is over; what has
// begun to hold by then is looked at as often as it must hold. The deadline
// counts from start, or from the first observation where start is zero.
func (p *observer) await(ctx context.Context, phase scenarios.Phase, stage int, id string, e scenarios.ExpectationSpec, start time.Time) *judge.Evaluator {
	since := start
	if since.IsZero() {
		since = time.Now()
	}
	from := since // what a log or a count of calls is looked at from
	if phase == scenarios.PhaseSteady {
		from = p.began // what the one before has brought about counts
	}
	if e.SinceMilestone != "" {
		m := p.milestones[e.SinceMilestone]
		select {
		case <-m.known:
		case <-ctx.Done():
		}
		if m.never() {
			f := judge.NewEvaluator(e, start)
			p.decide(e, f) // whoever waits for this one waits in vain as well
			return f
		}
		start, from = m.at, m.at.Add(time.Nanosecond)
	}
	f := judge.NewEvaluator(e, start)
	defer p.decide(e, f)
	end := f.Deadline()
	if start.IsZero() {
		end = since.Add(e.EffectiveDeadline())
	}
	for {
		looking, cancel := context.WithDeadline(ctx, f.Until(end))
		o := p.w.Observe(looking, e.Probe, from)
		cancel()
		p.recordObservation(phase, stage, id, o)
		if f.Add(o) {
			return f
		}
		waiting, cancel := context.WithDeadline(ctx, f.Until(end))
		interval := pollInterval(time.Since(since))
		switch {
		case f.Holding():
			interval = min(interval, rowInterval)
		case phase == scenarios.PhaseDuring || phase == scenarios.PhaseAfter:
			interval = measuredInterval(time.Since(since))
		}
		more := pause(waiting, interval)
		cancel()
		if !more {
			return f
		}
	}
}

// pause waits for d and reports whether there is time for another look.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}
