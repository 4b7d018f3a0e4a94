package judge

import "github.com/runproof/runproof/scenarios/record"

// outcome is an Outcome with what the judge weighs it by.
type outcome struct {
	Outcome

	// tried is when it could have held and did not, or held too early.
	tried window
	// stall is one of the host's in that window.
	stall *record.Event
	// definite says that no slowness of the host explains what was seen, and
	// selfEvident that nothing of the harness or its stack does either.
	definite, selfEvident bool
	// unseen says that the harness never looked, or could not, so that nothing
	// follows.
	unseen bool
	// deviates says that it was so while nothing was broken, in a service that was well.
	deviates bool
	// signal is what the probe tells an operator.
	signal Signal
}

// published are the outcomes as a result has them.
func published(list []outcome) []Outcome {
	var public []Outcome
	for _, o := range list {
		public = append(public, o.Outcome)
	}
	return public
}
