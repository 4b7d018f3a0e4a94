package judge

import "github.com/runproof/runproof/scenarios"

// weight says how much a failure counts. Of several the heaviest decides, and
// of equals the first.
type weight int

const (
	weightNone weight = iota
	// weightUnobserved: the harness did not look, or could not.
	weightUnobserved
	// weightStalled: the host stalled in the window of the failure.
	weightStalled
	// weightBroken: the service had its time and did not keep its promise.
	weightBroken
	// weightDefinite: no slowness of the host explains it.
	weightDefinite
)

// failure is what did not hold, in words.
type failure struct {
	weight weight
	text   string
	of     *outcome // if it is one
}

// failureOf weighs an outcome that decides.
func (j *weighing) failureOf(o *outcome) failure {
	switch {
	case o.Held || !j.decides(*o):
		return failure{}
	case o.definite:
		return failure{weightDefinite, o.Sentence(), o}
	case o.unseen:
		return failure{weightUnobserved, o.Sentence(), o}
	case o.stall != nil:
		return failure{weightStalled, overloaded(o.stall, o.Sentence()), o}
	}
	return failure{weightBroken, o.Sentence(), o}
}

// timed weighs a failure that is no outcome by the stalls of its window.
func (j *timeline) timed(w window, text string) failure {
	if e := j.stalledIn(w); e != nil {
		return failure{weightStalled, overloaded(e, text), nil}
	}
	return failure{weightBroken, text, nil}
}

// worst is the heaviest failure of the outcomes and of the commands that were
// cut short.
func (j *weighing) worst(outcomes []outcome) failure {
	heaviest := j.commandCut()
	for i := range outcomes {
		if f := j.failureOf(&outcomes[i]); f.weight > heaviest.weight {
			heaviest = f
		}
	}
	return heaviest
}

// commandCut is a command of the document that a timeout ended, where no fault
// was in force, with nothing shown and a stall beside it.
func (j *timeline) commandCut() failure {
	for _, a := range j.answers {
		for _, x := range a.Executions {
			if x.Ended == "" || x.Ran() || a.Phase == scenarios.PhaseDuring {
				continue
			}
			if e := j.stalledIn(window{x.At, x.At.Add(x.Took)}); e != nil {
				return failure{weightStalled, overloaded(e, x.Command+": "+x.Ending()), nil}
			}
		}
	}
	return failure{}
}

// standing is definite evidence that needs nothing but itself: neither that the
// fault was in effect, nor that the harness came to its end. Where a broken stack
// could explain it, the stack must have been proven afterwards.
func (j *weighing) standing(outcomes []outcome) *outcome {
	proven := len(j.proofs) > 1 && j.proofs[len(j.proofs)-1] == ""
	for i := range outcomes {
		o := &outcomes[i]
		if j.failureOf(o).weight != weightDefinite {
			continue
		}
		if o.selfEvident || proven && (o.Phase == scenarios.PhaseSteady || o.Phase == scenarios.PhaseAlways || o.Phase == scenarios.PhaseAudit) {
			return o
		}
	}
	return nil
}
