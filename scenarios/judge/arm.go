package judge

import (
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
)

// ArmResult is what became of the service in one arm.
type ArmResult struct {
	Arm string `json:"arm"`
	// Verdict is Passed where the arm tells something, else why it does not.
	Verdict Verdict `json:"verdict"`
	Reason  string  `json:"reason,omitempty"`
	// Discarded is what [Result] has under that name.
	Discarded *Attempt `json:"discarded,omitempty"`
	// FullyRecovered says that everything held that must hold afterwards, After how
	// long that took from the moment at which the fault was lifted, or would
	// have been.
	FullyRecovered bool          `json:"recovered"`
	After          time.Duration `json:"after,omitempty"`
	// Unmet is the first expectation that did not hold, with what was seen last.
	Unmet string `json:"unmet,omitempty"`
	// Lost says what the audit of the writes found wrong.
	Lost string `json:"lost,omitempty"`
	// Fault is what the witness of a fault that was to stay said at the end.
	Fault record.Presence `json:"fault,omitempty"`
	// Done is what the remedy did, in an arm that has one.
	Done []RemedyDone `json:"done,omitempty"`

	Overloaded bool `json:"-"`
}

// Arm reads from a recording what became of the service.
func Arm(s scenarios.Scenario, arm scenarios.Arm, events []record.Event) ArmResult {
	j := newJudge(s, scenarios.Arms, false, newTimeline(events))
	r := j.arm(arm)
	r.Overloaded = j.overloaded(r.Verdict)
	return r
}

func (j *judge) arm(arm scenarios.Arm) ArmResult {
	r := ArmResult{Arm: arm.String(), Done: j.done()}
	number := len(j.s.Stages()) - 1
	if evidence := j.standing(j.invariants()); evidence != nil {
		r.Verdict, r.Reason = Failed, evidence.Sentence()
		return r
	}
	r.Verdict, r.Reason = j.armTells(number, arm)
	if r.Verdict != Passed {
		return r
	}
	start := j.starts[key{scenarios.PhaseAfter, 0, ""}]
	r.FullyRecovered = true
	recovery := j.s.RecoveryInArms()
	for i, id := range scenarios.IDs(recovery) {
		e := recovery[i].Spec()
		f := j.evaluate(key{scenarios.PhaseAfter, 0, id}, e, start)
		switch {
		case f.Held:
			r.After = max(r.After, f.sees(start))
		case e.EffectiveBasis() != scenarios.Inferred:
			if stall := j.stalledIn(window{f.start, f.previous}); stall != nil {
				return ArmResult{Arm: r.Arm, Verdict: Broken, Reason: overloaded(stall, e.String())}
			}
			r.FullyRecovered = false
			if r.Unmet == "" {
				r.Unmet = e.String() + ": last seen: " + f.last.String()
			}
		}
	}
	if !r.FullyRecovered {
		r.After = 0
	}
	_, audits := j.s.Afterwards()
	for _, o := range j.settle(scenarios.PhaseAudit, 0, audits, time.Time{}, map[string]time.Time{}) {
		if !o.Held && r.Lost == "" {
			r.Lost = o.Last.String()
		}
	}
	if st := j.stages[number]; st != nil && arm.Stays {
		r.Fault = st.reports[scenarios.PhaseArm].Presence
	}
	return r
}

// armTells says whether an arm was played as it was meant.
func (j *timeline) armTells(number int, arm scenarios.Arm) (Verdict, string) {
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
	case st.reports[scenarios.PhaseBefore].Presence != record.Inactive || st.reports[scenarios.PhaseHeal].Presence != record.Active:
		return Inconclusive, "no witness: " + st.reports[scenarios.PhaseHeal].String()
	case st.healed == nil || *st.healed != "":
		return Broken, "the fault could not be healed: " + orNothing(st.healed)
	case arm.Stays && arm.Remedy == nil && st.reports[scenarios.PhaseArm].Presence != record.Active:
		return Inconclusive, "the fault did not stay: " + st.reports[scenarios.PhaseArm].String()
	case arm.Remedy != nil && len(j.remedies) == 0:
		return Inconclusive, "the remedy was never done"
	case arm.Remedy != nil && j.remedies[0].Err != "":
		return Inconclusive, "the remedy could not be done: " + j.remedies[0].Err
	}
	return Passed, ""
}
