package play

import (
	"context"
	"sync"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/world"
)

// RunArms puts the remedies of the scenarios on trial, arms side by side.
func RunArms(ctx context.Context, list []scenarios.Scenario, worlds world.Worlds, o Options) []judge.RemedyTrial {
	type playing struct {
		s      scenarios.Scenario
		which  record.Playing
		arm    scenarios.Arm
		result judge.ArmResult
	}
	var all []*playing
	for _, s := range list {
		for i, arm := range s.Arms() {
			which := o.playing(s)
			which.Arm = i + 1
			all = append(all, &playing{s: s, which: which, arm: arm})
		}
	}
	slots := make(chan struct{}, max(o.Jobs, 1))
	var running sync.WaitGroup
	for _, p := range all {
		slots <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		running.Go(func() {
			defer func() { <-slots }()
			p.result = runArm(ctx, p.s, p.which, p.arm, worlds, o)
		})
	}
	running.Wait()
	retry(ctx, all, func(p *playing) bool { return p.result.Overloaded }, func(i int) *playing {
		again := *all[i]
		again.which.Attempt++
		again.result = runArm(ctx, again.s, again.which, again.arm, worlds, o)
		again.result.Discarded = &judge.Attempt{Verdict: all[i].result.Verdict, Reason: all[i].result.Reason}
		return &again
	})
	var trials []judge.RemedyTrial
	for _, s := range list {
		arms := s.Arms()
		if len(arms) == 0 {
			continue
		}
		results := make([]judge.ArmResult, len(arms))
		for i := range results {
			results[i], all = all[0].result, all[1:]
		}
		trials = append(trials, judge.WeighTrials(s, results)...)
	}
	return trials
}

func runArm(ctx context.Context, s scenarios.Scenario, p record.Playing, arm scenarios.Arm, worlds world.Worlds, o Options) judge.ArmResult {
	recording, closeSink := keep(s, p, o)
	playIn(ctx, s, p, worlds, recording, func(ctx context.Context, w world.World) { play(ctx, s, w, scenarios.Arms, &arm, recording) })
	closeSink()
	return judge.Arm(s, arm, recording.Events())
}
