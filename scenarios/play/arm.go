package play

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/world"
)

// playArm plays the last and worst of the scenario's faults, in one arm.
func (p *player) playArm(ctx context.Context, arm scenarios.Arm) {
	number := len(p.s.Stages()) - 1
	stage := p.s.Stages()[number]
	p.phase(scenarios.PhaseBefore, number)
	inj, ok := p.prepare(ctx, number, stage.Fault)
	if !ok {
		return
	}
	defer inj.Close()
	heal := sync.OnceValue(func() bool { return p.heal(ctx, number, inj) })
	defer heal()
	if !p.inject(ctx, number, stage.Fault, inj) || !p.during(ctx, number, stage, inj) {
		return
	}
	if !arm.Stays {
		p.phase(scenarios.PhaseHeal, number)
		if !heal() || !p.awaitWitness(ctx, scenarios.PhaseAfter, number, inj, record.Inactive) {
			return
		}
	}
	start := p.phase(scenarios.PhaseAfter, 0)
	if arm.Remedy != nil && !p.remedy(ctx, *arm.Remedy) {
		return
	}
	p.awaitAll(ctx, scenarios.PhaseAfter, 0, p.s.RecoveryInArms(), start)
	if arm.Stays {
		t := inj.Witness(ctx)
		p.record(record.Event{Kind: record.EventWitnessReport, Phase: scenarios.PhaseArm, Stage: number, WitnessReport: &t})
		if !heal() {
			return
		}
	}
	p.traffic.stop()
	_, audits := p.s.Afterwards()
	p.awaitAll(ctx, scenarios.PhaseAudit, 0, audits, p.phase(scenarios.PhaseAudit, 0))
}

// remedy does one thing that the runbook prescribes.
func (p *player) remedy(ctx context.Context, r scenarios.Remedy) bool {
	doing, cancel := context.WithTimeout(ctx, r.Deadline())
	defer cancel()
	began := time.Now()
	executions, err := p.w.Do(doing, r)
	var target *world.TargetError
	p.record(record.Event{
		At: began, Kind: record.EventRemedy, Phase: scenarios.PhaseRemedy, Of: r.ID(), Text: r.String(), Took: time.Since(began), Err: text(err),
		Executions: executions, Target: errors.As(err, &target),
	})
	return err == nil
}
