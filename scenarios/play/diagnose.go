package play

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
)

// firstReading executes the steps where nothing is wrong, beside whatever else is
// waited for. What it returns waits for its end, and for what changes by itself to
// have changed before the second reading.
func (p *observer) firstReading(ctx context.Context) (apart func()) {
	if !readsTwice(p.s) || p.mode != scenarios.Verify {
		return func() {}
	}
	var reading sync.WaitGroup
	var ended time.Time
	p.spawn(&reading, func() {
		p.diagnose(ctx, scenarios.PhaseSteady, 0, healthyWorld(p.s))
		ended = time.Now()
	})
	return func() {
		reading.Wait()
		pause(ctx, driftInterval-time.Since(ended))
	}
}

// diagnose executes the diagnosis steps, each command once for all the claims
// that it belongs to.
func (p *observer) diagnose(ctx context.Context, phase scenarios.Phase, stage int, world string) {
	slots := make(chan struct{}, stepsAtOnce(p.s))
	var running sync.WaitGroup
	for _, indexes := range stepsByCommand(p.s) {
		slots <- struct{}{}
		p.spawn(&running, func() {
			defer func() { <-slots }()
			p.diagnoseOne(ctx, phase, stage, world, indexes)
		})
	}
	running.Wait()
}

// diagnoseOne executes one command until it shows what its steps state, and
// records every execution for each of them.
func (p *observer) diagnoseOne(ctx context.Context, phase scenarios.Phase, stage int, world string, indexes []int) {
	ids, end := p.s.StepIDs(), time.Now().Add(diagnosisRetryTimeout)
	for {
		list, err := p.execute(ctx, p.s.Diagnosis[indexes[0]], phase, world)
		all := true
		for _, i := range indexes {
			step := p.s.Diagnosis[i]
			own := slices.Clone(list)
			for k := range own {
				own[k].Claim = step.Claim
			}
			p.record(record.Event{Kind: record.EventAnswer, Phase: phase, Stage: stage, Of: ids[i], Executions: own, Err: text(err)})
			all = all && settled(step.Stated(phase), own)
		}
		if all || err != nil || time.Now().After(end) || !pause(ctx, diagnosisInterval) {
			return
		}
	}
}

// execute executes a step once and adds what the player knows.
func (p *observer) execute(ctx context.Context, step scenarios.Step, phase scenarios.Phase, world string) ([]scenarios.Execution, error) {
	ctx, cancel := context.WithTimeout(ctx, stepTimeout(p.s))
	defer cancel()
	list, err := p.w.Ask(ctx, step)
	if err == nil && len(list) == 0 {
		err = errors.New("nothing was executed")
	}
	for i := range list {
		list[i].Phase, list[i].World = phase, world
	}
	return list, err
}

// settled reports that some role is shown all that is stated, or that waiting
// cannot help.
func settled(texts []string, list []scenarios.Execution) bool {
	return slices.ContainsFunc(list, func(x scenarios.Execution) bool {
		_, all := x.FirstMissing(texts)
		return all || x.Unsupported != ""
	})
}
