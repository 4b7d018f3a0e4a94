package scenarios

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Arm is one of the ways in which a remedy is put on trial: the fault stays in
// force or is lifted, the remedy is done or nothing is.
type Arm struct {
	Stays bool
	// Remedy is the one that is done; nil: nothing is.
	Remedy *Remedy
}

// String names the arm: "stays + restart", "lifted + nothing".
func (a Arm) String() string {
	fault, done := "lifted", "nothing"
	if a.Stays {
		fault = "stays"
	}
	if a.Remedy != nil {
		done = a.Remedy.String()
	}
	return fault + " + " + done
}

// armsOf lists the arms of a scenario: both without a remedy, which all its
// remedies are compared with, then both of each remedy.
func armsOf(s Scenario) []Arm {
	if len(s.Remedy) == 0 || len(s.Stages()) == 0 {
		return nil
	}
	arms := []Arm{{Stays: true}, {Stays: false}}
	for i := range s.Remedy {
		arms = append(arms, Arm{Stays: true, Remedy: &s.Remedy[i]}, Arm{Stays: false, Remedy: &s.Remedy[i]})
	}
	return arms
}

// ArmResult is what became of the service in one arm.
type ArmResult struct {
	Arm string `json:"arm"`
	// Verdict is Passed where the arm tells something, else why it does not.
	Verdict Verdict `json:"verdict"`
	Reason  string  `json:"reason,omitempty"`
	// Discarded is what [Result] has under that name.
	Discarded *Attempt `json:"discarded,omitempty"`
	// Recovered says that everything held that must hold afterwards, After how
	// long that took from the moment at which the fault was lifted, or would
	// have been.
	Recovered bool          `json:"recovered"`
	After     time.Duration `json:"after,omitempty"`
	// Missing is the first expectation that did not hold, with what was seen last.
	Missing string `json:"missing,omitempty"`
	// Lost says what the audit of the writes found wrong.
	Lost string `json:"lost,omitempty"`
	// Fault is what the witness of a fault that was to stay said at the end.
	Fault Presence `json:"fault,omitempty"`
	// Done is what the remedy did, in an arm that has one.
	Done []RemedyDone `json:"done,omitempty"`

	retry bool
}

// playArm plays the last and worst of the scenario's faults, in one arm.
func (p *player) playArm(ctx context.Context, arm Arm) {
	number := len(p.s.Stages()) - 1
	stage := p.s.Stages()[number]
	p.phase(PhaseBefore, number)
	inj, ok := p.prepare(ctx, number, stage.Fault)
	if !ok {
		return
	}
	defer inj.Close()
	heal := sync.OnceValue(func() bool { return p.heal(ctx, number, inj) })
	defer heal()
	err := inj.Inject(ctx)
	p.record(Event{Kind: EventInject, Phase: PhaseDuring, Stage: number, Text: stage.Fault.String(), Err: text(err)})
	if err != nil || !p.during(ctx, number, stage, inj) {
		return
	}
	if !arm.Stays {
		p.phase(PhaseHeal, number)
		if !heal() || !p.testify(ctx, PhaseAfter, number, inj, Absent) {
			return
		}
	}
	start := p.phase(PhaseAfter, 0)
	if arm.Remedy != nil && !p.remedy(ctx, 0, *arm.Remedy) {
		return
	}
	p.awaitAll(ctx, PhaseAfter, 0, p.s.recoveryInArms(), start)
	if arm.Stays {
		t := inj.Witness(ctx)
		p.record(Event{Kind: EventTestimony, Phase: PhaseArm, Stage: number, Testimony: &t})
		if !heal() {
			return
		}
	}
	p.traffic.stop()
	_, audits := p.s.afterwards()
	p.awaitAll(ctx, PhaseAudit, 0, audits, p.phase(PhaseAudit, 0))
}

// recoveryInArms is what must hold afterwards, however soon it does: a remedy
// may cure before the service would have cured itself.
func (s Scenario) recoveryInArms() []Expectation {
	list, _ := s.afterwards()
	anyTime := make([]Expectation, len(list))
	for i, e := range list {
		e.since, e.notBefore, e.name = "", 0, ""
		anyTime[i] = e
	}
	return anyTime
}

// remedy does one thing that the runbook prescribes.
func (p *player) remedy(ctx context.Context, index int, r Remedy) bool {
	doing, cancel := context.WithTimeout(ctx, RemedyDeadline)
	defer cancel()
	began := time.Now()
	executions, err := p.w.Do(doing, r)
	var target *TargetError
	p.record(Event{
		At: began, Kind: EventRemedy, Phase: PhaseRemedy, Index: index, Text: r.String(), Took: time.Since(began), Err: text(err),
		Executions: executions, Target: errors.As(err, &target),
	})
	return err == nil
}

// judgeArm reads from a recording what became of the service.
func judgeArm(s Scenario, arm Arm, events []Event) ArmResult {
	j := &judge{s: s, mode: Arms, course: retrace(events)}
	r := j.arm(arm)
	r.retry = j.overloaded(r.Verdict)
	return r
}

func (j *judge) arm(arm Arm) ArmResult {
	r := ArmResult{Arm: arm.String(), Done: j.done()}
	number := len(j.s.Stages()) - 1
	if evidence := j.standing(j.watches()); evidence != "" {
		r.Verdict, r.Reason = Failed, evidence
		return r
	}
	r.Verdict, r.Reason = j.armTells(number, arm)
	if r.Verdict != Passed {
		return r
	}
	start := j.starts[key{PhaseAfter, 0, 0}]
	r.Recovered = true
	for i, e := range j.s.recoveryInArms() {
		f := j.fold(key{PhaseAfter, 0, i}, e, start)
		switch {
		case f.held:
			r.After = max(r.After, f.sees(start))
		case e.basis() != Inferred:
			if stall := j.stalledIn(window{f.start, f.previous}); stall != nil {
				return ArmResult{Arm: r.Arm, Verdict: Broken, Reason: overloaded(stall, e.String())}
			}
			r.Recovered = false
			if r.Missing == "" {
				r.Missing = e.String() + ": last seen: " + f.last.String()
			}
		}
	}
	if !r.Recovered {
		r.After = 0
	}
	_, audits := j.s.afterwards()
	for _, o := range j.settle(PhaseAudit, 0, audits, time.Time{}, map[string]time.Time{}) {
		if !o.Held && r.Lost == "" {
			r.Lost = o.Last.String()
		}
	}
	if st := j.stages[number]; st != nil && arm.Stays {
		r.Fault = st.testimony[PhaseArm].Presence
	}
	return r
}

// armTells says whether an arm was played as it was meant.
func (j *judge) armTells(number int, arm Arm) (Verdict, string) {
	st := j.stages[number]
	switch {
	case len(j.harness) > 0:
		return Broken, j.harness[0]
	case j.unsupported != "":
		return Unsupported, j.unsupported
	case !j.complete || len(j.proofs) < 2:
		return Broken, "the recording ends before the arm does"
	case j.proofs[0] != "" || j.proofs[len(j.proofs)-1] != "":
		return Broken, "the stack does not work without the service: " + j.proofs[0] + j.proofs[len(j.proofs)-1]
	case j.startErr != "":
		return Inconclusive, "the service was not started: " + j.startErr
	case st == nil || st.injected == nil:
		return Inconclusive, "no steady state, so the fault was never injected"
	case *st.injected != "":
		return Broken, "the fault could not be injected: " + *st.injected
	case st.testimony[PhaseBefore].Presence != Absent || st.testimony[PhaseHeal].Presence != Present:
		return Inconclusive, "no witness: " + st.testimony[PhaseHeal].String()
	case st.healed == nil || *st.healed != "":
		return Broken, "the fault could not be healed: " + orNothing(st.healed)
	case arm.Stays && arm.Remedy == nil && st.testimony[PhaseArm].Presence != Present:
		return Inconclusive, "the fault did not stay: " + st.testimony[PhaseArm].String()
	case arm.Remedy != nil && len(j.remedies) == 0:
		return Inconclusive, "the remedy was never done"
	case arm.Remedy != nil && j.remedies[0].Err != "":
		return Inconclusive, "the remedy could not be done: " + j.remedies[0].Err
	}
	return Passed, ""
}
