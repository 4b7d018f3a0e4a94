package judge

import (
	"fmt"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/record"
)

// Judge turns a recording into a result. It is pure: the same scenario and
// events give the same result, today or from disk. Strict lets inferred checks
// decide as well.
func Judge(s scenarios.Scenario, mode scenarios.Mode, strict bool, events []record.Event) Result {
	t := newTimeline(events)
	if played := len(t.stages); s.Repeat > 0 && played > 0 {
		s.Repeat = played // a service that did not recover gets no further fault
	}
	j := newJudge(s, mode, strict, t)
	r := Result{
		Scenario: s.ID, Title: s.Title, Section: s.Section, Severity: s.Severity, Mode: mode,
		Began: j.began, Took: j.ended.Sub(j.began), WitnessReports: j.reportedAt(), Answers: j.answered(),
		Faults: s.Faults(),
	}
	var outcomes []outcome
	if mode == scenarios.Verify {
		outcomes = j.outcomes()
	} else {
		outcomes = j.controlOutcomes()
	}
	for i, o := range outcomes {
		if !o.Held {
			outcomes[i].stall = j.stalledIn(o.tried)
			outcomes[i].Definite = o.definite && j.decides(o)
		}
	}
	r.Outcomes = published(outcomes)
	var of *outcome
	r.Verdict, r.Reason, of = j.verdict(outcomes)
	if evidence := j.standing(outcomes); evidence != nil {
		if r.Verdict != Passed && r.Verdict != Failed {
			r.Unsound = Attempt{r.Verdict, r.Reason}.String()
		}
		r.Verdict, r.Reason, of = Failed, evidence.Sentence(), evidence
	}
	if of != nil {
		decided := of.Key(s.ID)
		r.DecidedBy = &decided
	}
	r.Overloaded = j.overloaded(r.Verdict)
	r.Detect, r.Recover = j.times(outcomes)
	r.Signals, r.Impact, r.Latencies = j.signals(outcomes), j.impact(), j.latencies()
	for _, o := range outcomes {
		if !o.Held && o.Basis == scenarios.Inferred {
			r.Advice = append(r.Advice, o.Sentence())
		}
	}
	if text := j.unchecked(); text != "" {
		r.Advice = append(r.Advice, text)
	}
	r.Remedies, r.Deviations = j.done(), j.deviationsIn(outcomes)
	r.Claims = j.claims(r, outcomes)
	return r
}

// The judge in layers: each knows those below it, and none above.
type (
	// judge makes outcomes, claims and the verdict of what was played.
	judge struct{ weighing }
	// weighing says which of two failures counts for more.
	weighing struct {
		traffic
		strict bool
	}
	// traffic is what became of the load before, under and after the faults.
	traffic struct{ playing }
	// playing is a recording and the scenario that was played.
	playing struct {
		timeline
		s    scenarios.Scenario
		mode scenarios.Mode
	}
)

func newJudge(s scenarios.Scenario, mode scenarios.Mode, strict bool, t timeline) *judge {
	return &judge{weighing{traffic{playing{t, s, mode}}, strict}}
}

// Sentence says in one line what became of an expectation.
func (o Outcome) Sentence() string {
	if o.Held {
		return fmt.Sprintf("%s: %s", o.Phase, o.Expectation)
	}
	return fmt.Sprintf("%s: %s: %s; last seen: %s", o.Phase, o.Expectation, o.Reason, o.Last)
}

func (j *weighing) decides(o outcome) bool {
	return !o.Contained && (o.Basis != scenarios.Inferred || j.strict)
}

// verdict weighs what happened, but for what stands whatever else came about. The
// order is the argument: first whether the harness can be believed, then whether
// the fault was in effect, and only then whether the service kept its promise. Of
// is the outcome that the reason tells of, if it is of one.
func (j *judge) verdict(outcomes []outcome) (v Verdict, reason string, of *outcome) {
	switch {
	case len(j.harness) > 0:
		return Broken, j.harness[0], nil
	case j.unsupported != "":
		return Unsupported, j.unsupported, nil
	case !j.complete:
		return Broken, "the recording ends before the scenario does", nil
	case len(j.proofs) == 0:
		return Broken, "the stack was never proven", nil
	case j.proofs[0] != "":
		return Broken, "the stack does not work without the service: " + j.proofs[0], nil
	case j.startErr != "" && !j.startTarget:
		return Broken, "the service could not be started: " + j.startErr, nil
	}
	worst := j.worst(outcomes)
	if j.startErr != "" {
		worst = j.timed(window{j.starts[key{scenarios.PhaseStart, 0, ""}], j.ended}, "start: "+j.startErr)
	} else if j.held(scenarios.PhaseSteady, outcomes) {
		if v, reason := j.witnessed(); v != Passed {
			return v, reason, nil
		}
		if unseen := unobserved(outcomes); unseen != nil && worst.weight != weightDefinite {
			return Broken, unseen.Sentence(), unseen
		}
		if few := j.tooFew(); few != "" && worst.weight == weightNone {
			return Inconclusive, few, nil
		}
	}
	if e := j.remedyFailed(); e != nil && worst.weight < weightBroken {
		if !e.Target {
			return Broken, fmt.Sprintf("the remedy %q could not be done: %s", e.Text, e.Err), nil
		}
		worst = j.timed(window{e.At, e.At.Add(e.Took)}, fmt.Sprintf("the service did not survive the remedy %q: %s", e.Text, e.Err))
	}
	if worst.weight == weightNone {
		return Passed, "", nil
	}
	// Never blame the service for what broke under it.
	if len(j.proofs) < 2 {
		return Broken, "the stack was not proven again; before that: " + worst.text, worst.of
	}
	if again := j.proofs[len(j.proofs)-1]; again != "" {
		return Broken, fmt.Sprintf("the stack does not work any more: %s; before that: %s", again, worst.text), worst.of
	}
	if worst.weight < weightBroken {
		return Broken, worst.text, worst.of
	}
	if j.mode == scenarios.Control {
		return Broken, "the control does not hold: " + worst.text, worst.of
	}
	return Failed, worst.text, worst.of
}

// unobserved is the first outcome that nobody could look at.
func unobserved(outcomes []outcome) *outcome {
	for i, o := range outcomes {
		if o.unseen {
			return &outcomes[i]
		}
	}
	return nil
}

// trueBefore is the last look at an expectation before the fault, if it held.
func (j *playing) trueBefore(number int, id string, e scenarios.ExpectationSpec) *scenarios.Observation {
	looks := j.observations[key{scenarios.PhaseBefore, number, id}]
	if len(looks) == 0 || e.UnaffectedByFault || j.mode != scenarios.Verify {
		return nil
	}
	last := looks[len(looks)-1]
	if holds, _ := e.Holds(last); !holds {
		return nil
	}
	return &last
}

// witnessed follows the faults: absent before, present from the injection to
// the last observation, absent after the healing.
func (j *playing) witnessed() (Verdict, string) {
	for i, stage := range j.s.Stages() {
		st := j.stages[i]
		if st == nil {
			return Broken, fmt.Sprintf("the fault %q was never played", stage.Fault)
		}
		if v, reason := j.witnessedStage(i, stage, *st); v != Passed {
			return v, reason
		}
	}
	return Passed, ""
}

func (j *playing) witnessedStage(number int, stage scenarios.Stage, st stageTimeline) (Verdict, string) {
	if t := st.reports[scenarios.PhaseBefore]; t.Presence != record.Inactive {
		return Broken, fmt.Sprintf("before the fault (%s) the witness saw it already, or could not look: %s", stage.Fault, t)
	}
	for i, id := range scenarios.IDs(stage.During) {
		if j.deviations[key{scenarios.PhaseBefore, number, id}] {
			continue
		}
		if o := j.trueBefore(number, id, stage.During[i].Spec()); o != nil {
			return Broken, fmt.Sprintf("%q is true without it: seen before the fault: %s", stage.During[i], o)
		}
	}
	if j.mode == scenarios.Control {
		if t := st.reports[scenarios.PhaseHeal]; t.Presence != record.Inactive {
			return Broken, fmt.Sprintf("no fault was injected, yet the witness of %q says: %s", stage.Fault, t)
		}
		return Passed, ""
	}
	switch {
	case st.injected == nil:
		return Broken, fmt.Sprintf("the fault %q was never injected", stage.Fault)
	case *st.injected != "":
		return Broken, fmt.Sprintf("the fault %q could not be injected: %s", stage.Fault, *st.injected)
	case st.reports[scenarios.PhaseDuring].Presence != record.Active:
		return Inconclusive, fmt.Sprintf("no witness: %s, but %s", stage.Fault, st.reports[scenarios.PhaseDuring])
	case st.reports[scenarios.PhaseHeal].Presence != record.Active:
		return Inconclusive, fmt.Sprintf("the fault (%s) was gone before the last look: %s", stage.Fault, st.reports[scenarios.PhaseHeal])
	case st.healed == nil || *st.healed != "":
		return Broken, fmt.Sprintf("the fault %q could not be healed: %s", stage.Fault, orNothing(st.healed))
	case st.reports[scenarios.PhaseAfter].Presence != record.Inactive:
		return Broken, fmt.Sprintf("after the healing of %q the witness says: %s", stage.Fault, st.reports[scenarios.PhaseAfter])
	}
	return Passed, ""
}

// done is what was done of the remedies.
func (j *timeline) done() []RemedyDone {
	var list []RemedyDone
	for _, e := range j.remedies {
		list = append(list, RemedyDone{Remedy: e.Text, At: e.At, Took: e.Took, Executions: e.Executions, Err: e.Err})
	}
	return list
}

// remedyFailed is the remedy that could not be done, if one could not.
func (j *timeline) remedyFailed() *record.Event {
	for i := range j.remedies {
		if j.remedies[i].Err != "" {
			return &j.remedies[i]
		}
	}
	return nil
}

func (j *judge) held(phase scenarios.Phase, outcomes []outcome) bool {
	for _, o := range outcomes {
		if o.Phase == phase && !o.Held && o.Basis != scenarios.Inferred && !o.deviates {
			return false
		}
	}
	return true
}

// times finds the time to detect and the time to recover.
func (j *playing) times(outcomes []outcome) (detect, recovery *time.Duration) {
	recovered := true
	for _, o := range outcomes {
		switch {
		case o.Phase == scenarios.PhaseDuring && o.Stage == 0 && o.Held && o.Basis == scenarios.Documented:
			if detect == nil || o.After < *detect {
				detect = &o.After
			}
		case o.Phase == scenarios.PhaseAfter && o.Held:
			if recovery == nil || o.After > *recovery {
				recovery = &o.After
			}
		case o.Phase == scenarios.PhaseAfter:
			recovered = false
		}
	}
	if !recovered || j.mode == scenarios.Control || len(j.s.Stages()) == 0 {
		recovery = nil
	}
	if j.mode == scenarios.Control {
		detect = nil
	}
	return detect, recovery
}

func orNothing(s *string) string {
	if s == nil {
		return "never tried"
	}
	return *s
}
