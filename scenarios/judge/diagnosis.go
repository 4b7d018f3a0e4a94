package judge

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
)

// Answer is what a diagnosis step printed in one phase.
type Answer struct {
	Phase scenarios.Phase `json:"phase"`
	Stage int             `json:"stage,omitempty"`
	Step  scenarios.Step  `json:"step"`
	// Executions has one record for each role.
	Executions []scenarios.Execution `json:"executions,omitempty"`
	// Err says how the harness failed to execute it.
	Err string `json:"err,omitempty"`
}

// Text is the answer as a person reads it: of each role what it printed.
func (a Answer) Text() string { return transcript(a.Executions, a.Err) }

// answered lists the last answer of each step in each phase and stage.
func (j *playing) answered() []Answer {
	var list []Answer
	at, ids := map[key]int{}, j.s.StepIDs()
	for _, e := range j.answers {
		step := slices.Index(ids, e.Of)
		if step < 0 {
			continue
		}
		a := Answer{Phase: e.Phase, Stage: e.Stage, Step: j.s.Diagnosis[step], Executions: e.Executions, Err: e.Err}
		k := key{e.Phase, e.Stage, e.Of}
		if i, again := at[k]; again {
			list[i] = a
			continue
		}
		at[k] = len(list)
		list = append(list, a)
	}
	return list
}

// diagnosed says what the executed steps say of their claims.
func (j *playing) diagnosed(r Result, steady bool) []ClaimOutcome {
	var list []ClaimOutcome
	ids := j.s.StepIDs()
	for i, step := range j.s.Diagnosis {
		c := ClaimOutcome{Claim: step.Claim, State: ClaimUntested}
		switch {
		case j.mode == scenarios.Control:
			c.Reason = "control arm"
		case r.Verdict != Passed && r.Verdict != Failed:
			c.Reason = fmt.Sprintf("%s: %s", r.Verdict, r.Reason)
		case r.Unsound != "":
			c.Reason = r.Unsound
		case !steady:
			c.Reason, c.NoSteadyState = noSteadyState+r.Reason, true
		default:
			c = j.step(ids[i], step)
		}
		list = append(list, c)
	}
	return list
}

// step judges one diagnosis step. It holds if it holds for somebody: an answer
// may depend on who asks, which is another matter.
func (j *playing) step(id string, step scenarios.Step) ClaimOutcome {
	byRole := map[string]*stepTimeline{}
	var roles []string
	for _, e := range j.answers {
		if e.Of != id {
			continue
		}
		if e.Err != "" {
			return ClaimOutcome{Claim: step.Claim, State: ClaimUntested, Reason: fmt.Sprintf("%s: not executed: %s", e.Phase, e.Err)}
		}
		for _, x := range e.Executions {
			if byRole[x.As] == nil {
				byRole[x.As] = &stepTimeline{step: step, during: map[int]scenarios.Execution{}}
				roles = append(roles, x.As)
			}
			byRole[x.As].add(e, x)
		}
	}
	if len(roles) == 0 {
		return ClaimOutcome{Claim: step.Claim, State: ClaimUntested, Reason: "never executed"}
	}
	best := ClaimOutcome{}
	for _, role := range roles {
		c := byRole[role].judge(len(j.s.Stages()))
		c.Claim = step.Claim
		if c.CounterExample != "" {
			c.CounterExample = j.s.ID + ": " + c.CounterExample
		}
		if best.State == "" || rank(c.State) > rank(best.State) {
			best = c
		}
	}
	return best
}

func rank(s ClaimState) int {
	return slices.Index([]ClaimState{ClaimBroken, ClaimUntested, ClaimHeld}, s)
}

// stepTimeline is what one role was shown by one step, the last observation of each
// phase.
type stepTimeline struct {
	step scenarios.Step
	// steady and before are two readings where nothing is wrong yet.
	steady, before, after *scenarios.Execution
	during                map[int]scenarios.Execution
}

func (c *stepTimeline) add(e record.Event, x scenarios.Execution) {
	switch e.Phase {
	case scenarios.PhaseSteady:
		c.steady = &x
	case scenarios.PhaseBefore:
		c.before = &x
	case scenarios.PhaseAfter:
		c.after = &x
	case scenarios.PhaseDuring:
		c.during[e.Stage] = x
	}
}

// judge weighs the course: the command must run where nothing is wrong and show
// what is stated, read the same twice there, differently under a fault, and as
// before afterwards.
func (c *stepTimeline) judge(stages int) ClaimOutcome {
	untested := func(format string, args ...any) ClaimOutcome {
		return ClaimOutcome{State: ClaimUntested, Reason: fmt.Sprintf(format, args...)}
	}
	broken := func(format string, args ...any) ClaimOutcome {
		return ClaimOutcome{State: ClaimBroken, Reason: fmt.Sprintf(format, args...)}
	}
	first := c.before
	if stages == 0 {
		first = c.after // nothing is broken: the only observation
	}
	if first == nil {
		return untested("not executed in the steady state")
	}
	if first.Unsupported != "" {
		return untested("%s", first.Unsupported)
	}
	if !first.Ran() {
		return broken("does not run as printed: %s", first)
	}
	if text, all := first.FirstMissing(c.step.Healthy); !all {
		return broken("does not show %s where nothing is wrong: %s", text, first)
	}
	switch {
	case stages == 0:
		return untested("runs and shows what is stated; nothing was broken, so nothing shows that it could read otherwise")
	case c.steady == nil:
		return untested("not executed twice where nothing is wrong")
	case len(c.during) < stages:
		return untested("not executed under every fault")
	case c.after == nil:
		return untested("not executed after the healing")
	}
	different, drift, said := c.differs([]scenarios.Execution{*c.steady, *first, *c.after})
	if !said {
		return broken("does not show %s under the fault: %s", strings.Join(c.step.Faulty, ", "), c.during[stages-1])
	}
	if different == nil && !c.step.OfAnother {
		return untested("reads the same with the fault as without: %s", c.during[stages-1])
	}
	if text, all := c.after.FirstMissing(c.step.Healthy); !all {
		return broken("does not show %s after the healing: %s", text, c.after)
	}
	if different == nil {
		return ClaimOutcome{State: ClaimHeld} // and shows nothing that could turn it
	}
	if !record.MatchesBaseline(*c.after, *first, *different) {
		return untested("after the healing it still reads as under the fault: %s", c.after)
	}
	if drift != "" && c.step.OfAnother {
		return ClaimOutcome{State: ClaimHeld}
	}
	if drift != "" {
		return untested("reads differently by itself, where nothing is wrong: %s", drift)
	}
	return ClaimOutcome{State: ClaimHeld, CounterExample: fmt.Sprintf("%s: %s", different.World, different)}
}

// differs finds the execution under a fault that reads differently and shows what
// is stated for it. Said is false where none shows that; drift is why no difference
// tells anything, where none does.
func (c *stepTimeline) differs(healthy []scenarios.Execution) (different *scenarios.Execution, drift string, said bool) {
	for i := len(c.during) - 1; i >= 0; i-- {
		x := c.during[i]
		if _, all := x.FirstMissing(c.step.Faulty); !all {
			continue
		}
		said = true
		apart, by := record.TellsApart(x, healthy...)
		if apart {
			return &x, "", true
		}
		if by != "" && record.Normalised(x) != record.Normalised(*c.before) {
			different, drift = &x, by
		}
	}
	return different, drift, said
}
