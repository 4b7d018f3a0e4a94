package judge

import (
	"fmt"
	"time"

	"github.com/runproof/runproof/scenarios"
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

	stages       map[int]*stageTimeline
	starts       map[key]time.Time // beginning of a phase; Index unused
	observations map[key][]scenarios.Observation
	answers      []record.Event
	// allObservations is every observation of every phase, in the order of recording.
	allObservations []phasedObservation
	hits            []record.Hit
	kinds           []string // of the load
	reachable       map[scenarios.Dependency]string
	remedies        []record.Event
	stalls          []record.Event
}

type phasedObservation struct {
	phase       scenarios.Phase
	observation scenarios.Observation
}

type key struct {
	phase        scenarios.Phase
	stage, index int
}

type stageTimeline struct {
	injected, healed     *string // errors, nil while not tried
	injectedAt, healedAt time.Time
	reports              map[scenarios.Phase]record.WitnessReport // the last of each phase
	reportedAt           map[scenarios.Phase]time.Time            // when that was
}

func newTimeline(events []record.Event) timeline {
	c := timeline{stages: map[int]*stageTimeline{}, starts: map[key]time.Time{}, observations: map[key][]scenarios.Observation{}}
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

func (c *timeline) add(e record.Event) {
	switch e.Kind {
	case record.EventPhase:
		c.starts[key{e.Phase, e.Stage, 0}] = e.At
		c.complete = c.complete || e.Phase == scenarios.PhaseEnd
	case record.EventProof:
		c.proofs = append(c.proofs, e.Err)
	case record.EventStart:
		c.startErr, c.startTarget = e.Err, e.Target
	case record.EventObservation:
		k := key{e.Phase, e.Stage, e.Index}
		if e.Observation != nil {
			c.observations[k] = append(c.observations[k], *e.Observation)
			c.allObservations = append(c.allObservations, phasedObservation{e.Phase, *e.Observation})
		}
	case record.EventWitnessReport:
		if e.WitnessReport != nil {
			c.stage(e.Stage).reports[e.Phase] = *e.WitnessReport
			c.stage(e.Stage).reportedAt[e.Phase] = e.At
		}
	case record.EventInject:
		c.stage(e.Stage).injected, c.stage(e.Stage).injectedAt = &e.Err, e.At
	case record.EventHeal:
		c.stage(e.Stage).healed, c.stage(e.Stage).healedAt = &e.Err, e.At
	case record.EventAnswer:
		c.answers = append(c.answers, e)
	case record.EventHit:
		if e.Hit != nil {
			c.hits = append(c.hits, *e.Hit)
		}
	case record.EventLoad:
		c.kinds = e.Kinds
	case record.EventRemedy:
		c.remedies = append(c.remedies, e)
	case record.EventReach:
		c.reachable = e.Reached
	case record.EventStall:
		c.stalls = append(c.stalls, e)
	case record.EventUnsupported:
		c.unsupported = e.Err
	case record.EventUnready:
		c.harness = append(c.harness, e.Err)
		c.unready++
	case record.EventEnded:
		c.harness = append([]string{e.Err}, c.harness...) // what else went wrong did because of it
	case record.EventBroken:
		c.harness = append(c.harness, e.Err)
	default:
		// A recording of a later version, or a damaged one: not ours to judge.
		c.harness = append(c.harness, fmt.Sprintf("event of unknown kind %q", e.Kind))
	}
}

func (c *timeline) stage(number int) *stageTimeline {
	if c.stages[number] == nil {
		c.stages[number] = &stageTimeline{reports: map[scenarios.Phase]record.WitnessReport{}, reportedAt: map[scenarios.Phase]time.Time{}}
	}
	return c.stages[number]
}

// witnessChecks lists the witness's reports in the order of the timeline.
func (j *judge) reportedAt() []WitnessCheck {
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
