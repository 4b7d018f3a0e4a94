package judge

import (
	"fmt"
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios"
)

const neverObserved = "never looked at"

// backAfterDown is how long after a fault that had its process down the
// service may still be starting: the runbook's probes begin to look after
// 10 s ("Automated Monitoring", initialDelaySeconds of the livenessProbe).
const backAfterDown = 10 * time.Second

// outcomes judges every expectation of the scenario, in its order.
func (j *judge) outcomes() []outcome {
	moments := map[string]time.Time{}
	list := j.settle(scenarios.PhaseSteady, 0, j.s.Steady, time.Time{}, moments)
	always := j.always()
	for i, stage := range j.s.Stages() {
		var injected time.Time
		if st := j.stages[i]; st != nil {
			injected = st.injectedAt
		}
		list = append(list, j.settle(scenarios.PhaseDuring, i, stage.During, injected, moments)...)
	}
	var healed time.Time
	if st := j.stages[len(j.s.Stages())-1]; st != nil {
		healed = st.healedAt
	}
	recovery, audits := j.s.Afterwards()
	list = append(list, j.settle(scenarios.PhaseAfter, 0, recovery, healed, moments)...)
	if len(j.s.Remedy) > 0 && j.remedyFailed() == nil {
		list = append(list, j.settle(scenarios.PhaseRemedied, 0, j.s.RecoveryInArms(), time.Time{}, moments)...)
	}
	list = append(list, j.settle(scenarios.PhaseAudit, 0, audits, time.Time{}, moments)...)
	return slices.Concat(list, always, j.properties(), j.invariants())
}

// settle folds the observations of a list of expectations. Times are counted from
// since, or from the beginning of the phase where since is zero.
func (j *judge) settle(phase scenarios.Phase, stage int, list []scenarios.Expectation, since time.Time, moments map[string]time.Time) []outcome {
	start := j.starts[key{phase, stage, ""}]
	if since.IsZero() {
		since = start
	}
	var outcomes []outcome
	for i, id := range scenarios.IDs(list) {
		e, from := list[i].Spec(), start
		k := key{phase, stage, id}
		if phase == scenarios.PhaseSteady {
			from = time.Time{} // one after the other: each from its own first observation
		}
		if e.SinceMilestone != "" {
			from = moments[e.SinceMilestone]
		}
		f := j.evaluate(k, e, from)
		o := j.outcome(k, e, f)
		switch {
		case phase == scenarios.PhaseAudit && !j.audited(k):
			// The audit could not read the database: that is our failure, not the service's.
			o.unseen = true
		case f.observations > 0:
		case e.SinceMilestone != "" && from.IsZero():
			o.Reason = fmt.Sprintf("%q was never seen, so nothing counts from it", e.SinceMilestone)
		default:
			o.Reason, o.unseen = neverObserved, true
		}
		o = j.deviates(k, e, o)
		if o.Held {
			o.Contrast = j.contrast(k, e)
			o.After = f.sees(since)
			if o.NotAfter > 0 {
				o.SinceMilestone = f.sees(from)
			}
			if e.Milestone != "" {
				moments[e.Milestone] = f.First
			}
		}
		outcomes = append(outcomes, o)
	}
	return outcomes
}

// audited reports whether some look of an audit could look at all.
func (j *timeline) audited(k key) bool {
	return slices.ContainsFunc(j.observations[k], func(o scenarios.Observation) bool { return o.Audit != nil })
}

func (j *timeline) evaluate(k key, e scenarios.ExpectationSpec, from time.Time) *Evaluator {
	f := NewEvaluator(e, from)
	if e.SinceMilestone != "" && from.IsZero() {
		return f
	}
	for _, o := range j.observations[k] {
		if f.Add(o) {
			break
		}
	}
	return f
}

// always judges what must hold at every observation: the worst that does not hold is
// kept, however many held after it.
func (j *judge) always() []outcome {
	var outcomes []outcome
	for i, id := range scenarios.IDs(j.s.Always) {
		e := j.s.Always[i].Spec()
		o := outcome{Outcome: Outcome{Phase: scenarios.PhaseAlways, ID: id, Expectation: e.String(), Basis: e.EffectiveBasis(), Claims: e.Claims}}
		looks := seeing(j.observations[key{scenarios.PhaseAlways, 0, id}])
		o.Observations, o.Held = len(looks), true
		if !j.sampled(looks) {
			o.Held, o.Reason, o.unseen = false, "not looked at under every fault", true
		}
		var failing []int
		for i, look := range looks {
			if j.takenDown(look) {
				continue
			}
			if holds, failed := e.Holds(look); !holds {
				failing = append(failing, i)
				reason := fmt.Sprintf("not: %s, %s after the beginning", failed, look.At.Sub(j.began).Round(time.Millisecond))
				o = j.worse(o, look, reason, j.definite(e, look))
			} else if o.Held {
				o.Last = look
			}
		}
		j.excuseLone(&o, looks, failing)
		outcomes = append(outcomes, o)
	}
	return outcomes
}

// worse is an outcome with another breach, if that counts for more than the one
// which it has: the definite for more than the others, and what happened without
// a stall for more than what one may explain.
func (j *weighing) worse(o outcome, seen scenarios.Observation, reason string, definite bool) outcome {
	next := o
	next.Held, next.unseen, next.Last, next.Reason = false, false, seen, reason
	next.tried, next.definite = windowOf(seen), definite
	if o.FailingSince.IsZero() || seen.At.Before(o.FailingSince) {
		o.FailingSince, next.FailingSince = seen.At, seen.At
	}
	next.stall = j.stalledIn(next.tried)
	if o.Held || o.unseen || j.failureOf(&next).weight > j.failureOf(&o).weight {
		return next
	}
	return o
}

// seeing leaves out the observations that the harness could not take.
func seeing(looks []scenarios.Observation) []scenarios.Observation {
	return slices.DeleteFunc(slices.Clone(looks), scenarios.Observation.ObserverError)
}

// takenDown reports whether an observation met a service whose process a fault had
// taken down, or had been brought back but moments ago: what it shows is
// recorded, and bounded by what must hold afterwards.
func (j *playing) takenDown(look scenarios.Observation) bool {
	for _, e := range j.remedies {
		if j.remedyTakesServiceDown(e.Of) &&
			!look.Ended().Before(e.At) && look.At.Before(e.At.Add(e.Took+backAfterDown)) {
			return true
		}
	}
	for i, stage := range j.s.Stages() {
		st := j.stages[i]
		if stage.Fault.TakesServiceDown() && st != nil && st.injected != nil && !look.Ended().Before(st.injectedAt) &&
			(st.healed == nil || look.At.Before(st.healedAt.Add(backAfterDown))) {
			return true
		}
	}
	return false
}

func (j *playing) remedyTakesServiceDown(id string) bool {
	return slices.ContainsFunc(j.s.Remedy, func(r scenarios.Remedy) bool { return r.ID() == id && r.TakesServiceDown() })
}

// sampled reports whether there are looks at all, and some under every fault.
func (j *playing) sampled(looks []scenarios.Observation) bool {
	if j.mode == scenarios.Control {
		return len(looks) > 0
	}
	for i := range j.s.Stages() {
		st := j.stages[i]
		if st == nil || !slices.ContainsFunc(looks, func(o scenarios.Observation) bool {
			return o.At.After(st.injectedAt) && o.At.Before(st.healedAt)
		}) {
			return false
		}
	}
	return len(looks) > 0
}

// controlOutcomes judges a control arm: the steady state as ever, and each
// During expectation by never holding and ending at its healthy value.
func (j *judge) controlOutcomes() []outcome {
	list := j.settle(scenarios.PhaseSteady, 0, j.s.Steady, time.Time{}, map[string]time.Time{})
	for i, stage := range j.s.Stages() {
		for n, id := range scenarios.IDs(stage.During) {
			e, k := stage.During[n].Spec(), key{scenarios.PhaseDuring, i, id}
			if e.UnaffectedByFault {
				list = append(list, j.undisturbedOutcome(k, e))
				continue
			}
			list = append(list, j.controlOutcome(k, e))
		}
	}
	return append(append(list, j.always()...), j.invariants()...)
}

// undisturbedOutcome wants every observation to hold: the window of a control arm may
// be too short for as many in a row as the fault's is long enough for. Nor does a
// moment come that the fault brings about, and nothing is counted from it.
func (j *judge) undisturbedOutcome(k key, e scenarios.ExpectationSpec) outcome {
	all := e
	all.InARow = max(1, min(e.RequiredInARow(), len(j.observations[k])))
	all.SinceMilestone, all.NotBefore = "", 0
	return j.outcome(k, e, j.evaluate(k, all, j.starts[key{k.phase, k.stage, ""}]))
}

func (j *judge) controlOutcome(k key, e scenarios.ExpectationSpec) outcome {
	o := outcome{Outcome: Outcome{Phase: k.phase, Stage: k.stage, ID: k.id, Expectation: e.String(), Basis: e.EffectiveBasis(), Claims: e.Claims}}
	looks := seeing(j.observations[k])
	o.Observations = len(looks)
	if o.Observations == 0 {
		o.Reason, o.unseen = neverObserved, true
		return o
	}
	o.Last = looks[o.Observations-1]
	for _, look := range looks {
		if holds, _ := e.Holds(look); holds {
			o.Last, o.Reason, o.tried = look, "true without the fault", windowOf(look)
			o.definite = len(look.Foreign()) > 0
			return o
		}
	}
	o.tried = window{looks[0].At, o.Last.Ended()}
	checks, _ := j.s.Healthy(e)
	healthy := scenarios.ExpectationSpec{Checks: checks}
	if holds, failed := healthy.Holds(o.Last); !holds {
		o.Reason = "without the fault it does not show its healthy value, not: " + failed
		return o
	}
	o.Held = true
	return o
}

func (j *judge) outcome(k key, e scenarios.ExpectationSpec, f *Evaluator) outcome {
	o := outcome{signal: signalOf(e), Outcome: Outcome{
		Phase: k.phase, Stage: k.stage, ID: k.id, Expectation: e.String(), Basis: e.EffectiveBasis(), Claims: e.Claims,
		Held: f.Held, Observations: f.observations, Last: f.last, Gap: f.gap,
	}}
	if e.SinceMilestone != "" && e.NotBefore > 0 {
		o.NotBefore, o.NotAfter = e.NotBefore, e.EffectiveDeadline()
	}
	if !f.Held {
		o.Reason, o.tried, o.FailingSince = f.reason, window{f.start, f.previous}, f.failing
		if f.early {
			// A stall before makes the milestone that it counts from be noticed late.
			o.tried.from = time.Time{}
		}
		o.Contained = e.Contained && f.observations > 0
		o.unseen = f.last.ObserverError()
		o.definite = j.definite(e, f.last)
	}
	return o
}
