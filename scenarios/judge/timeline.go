package judge

import (
	"fmt"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/record"
)

// timeline is a recording put in order for the judge.
type timeline struct {
	began, ended time.Time
	complete     bool // the scenario was played to its end

	proofs      []string // errors, empty for a proof that held
	startErr    string
	startTarget bool
	harness     []string
	unready     int // of harness, those of a scenario that was not made ready
	unsupported string
	otherStack  bool // another kind of stack could stage it

	stages       map[int]*stageTimeline
	starts       map[key]time.Time // beginning of a phase; without an id
	observations map[key][]scenarios.Observation
	answers      []record.Event
	// allObservations is every observation of every phase, in the order of recording.
	allObservations []phasedObservation
	hits            []record.Hit
	bodies          map[string]string // of answers to the load, by digest
	kinds           []string          // of the load
	reachable       map[fault.Dependency]string
	remedies        []record.Event
	deviations      map[key]bool
	stalls          []record.Event
	loneLate        bool // one look was late, and alone in that
}

type phasedObservation struct {
	phase       scenarios.Phase
	observation scenarios.Observation
}

type key struct {
	phase scenarios.Phase
	stage int
	id    string // of an expectation, a property or a diagnosis step
}

type stageTimeline struct {
	injected, healed *string // errors, nil while not tried
	// The injection began at injecting and was in force from injectedAt on; it was
	// being lifted from healedAt to healEnded.
	injecting, injectedAt time.Time
	healedAt, healEnded   time.Time
	reports               map[scenarios.Phase]record.WitnessReport // the last of each phase
	reportedAt            map[scenarios.Phase]time.Time            // when that was
}

func newTimeline(events []record.Event) timeline {
	c := timeline{stages: map[int]*stageTimeline{}, starts: map[key]time.Time{}, observations: map[key][]scenarios.Observation{}, deviations: map[key]bool{}, bodies: map[string]string{}}
	for _, e := range events {
		if e.Hit != nil && e.Hit.Exchange != nil && e.Hit.Exchange.Body != "" {
			c.bodies[e.Hit.Exchange.Digest] = e.Hit.Exchange.Body
		}
	}
	for _, e := range beforeTheEnd(events) {
		if c.began.IsZero() || e.At.Before(c.began) {
			c.began = e.At
		}
		if e.At.After(c.ended) {
			c.ended = e.At
		}
		c.add(e)
	}
	return c
}

func (j *timeline) add(e record.Event) {
	switch e.Kind {
	case record.EventPhase:
		j.starts[key{e.Phase, e.Stage, ""}] = e.At
		j.complete = j.complete || e.Phase == scenarios.PhaseEnd
	case record.EventProof:
		j.proofs = append(j.proofs, e.Err)
	case record.EventStart:
		j.startErr, j.startTarget = e.Err, e.Target
	case record.EventObservation:
		k := key{e.Phase, e.Stage, e.Of}
		if e.Observation != nil {
			j.observations[k] = append(j.observations[k], *e.Observation)
			j.allObservations = append(j.allObservations, phasedObservation{e.Phase, *e.Observation})
		}
	case record.EventWitnessReport:
		if e.WitnessReport != nil {
			j.stage(e.Stage).reports[e.Phase] = *e.WitnessReport
			j.stage(e.Stage).reportedAt[e.Phase] = e.At
		}
	case record.EventInject:
		st := j.stage(e.Stage)
		st.injected, st.injecting, st.injectedAt = &e.Err, e.At.Add(-e.Took), e.At
	case record.EventHeal:
		st := j.stage(e.Stage)
		st.healed, st.healedAt, st.healEnded = &e.Err, e.At, e.At.Add(e.Took)
	case record.EventAnswer:
		j.answers = append(j.answers, e)
	case record.EventHit:
		if e.Hit != nil {
			j.hits = append(j.hits, *e.Hit)
		}
	case record.EventLoad:
		j.kinds = e.Kinds
	case record.EventRemedy:
		j.remedies = append(j.remedies, e)
	case record.EventDeviation:
		j.deviations[key{e.Phase, e.Stage, e.Of}] = true
	case record.EventReach:
		j.reachable = e.Reached
	case record.EventStall:
		j.stalls = append(j.stalls, e)
	case record.EventUnsupported:
		j.unsupported, j.otherStack = e.Err, e.Of == record.OfStack
	case record.EventUnready:
		j.harness = append(j.harness, e.Err)
		j.unready++
	case record.EventEnded:
		j.harness = append([]string{e.Err}, j.harness...) // what else went wrong did because of it
	case record.EventBroken:
		j.harness = append(j.harness, e.Err)
	default:
		// A recording of a later version, or a damaged one: not ours to judge.
		j.harness = append(j.harness, fmt.Sprintf("event of unknown kind %q", e.Kind))
	}
}

func (j *timeline) stage(number int) *stageTimeline {
	if j.stages[number] == nil {
		j.stages[number] = &stageTimeline{reports: map[scenarios.Phase]record.WitnessReport{}, reportedAt: map[scenarios.Phase]time.Time{}}
	}
	return j.stages[number]
}

// witnessChecks lists the witness's reports in the order of the timeline.
func (j *playing) reportedAt() []WitnessCheck {
	var list []WitnessCheck
	for i := range j.s.Stages() {
		st := j.stages[i]
		if st == nil {
			continue
		}
		for _, phase := range []scenarios.Phase{scenarios.PhaseBefore, scenarios.PhaseDuring, scenarios.PhaseHeal, scenarios.PhaseAfter} {
			t, ok := st.reports[phase]
			if !ok {
				continue
			}
			want := record.Inactive
			if j.mode == scenarios.Verify && (phase == scenarios.PhaseDuring || phase == scenarios.PhaseHeal) {
				want = record.Active
			}
			list = append(list, WitnessCheck{Stage: i, Phase: phase, Want: want, Report: t})
		}
	}
	return list
}
