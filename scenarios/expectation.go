package scenarios

import "time"

// defaultDeadline bounds an expectation that names no deadline of its own.
const defaultDeadline = 5 * time.Second

// Expectation is one thing that must be seen: GET, Log, ... and the words that
// follow them. Each kind has the words that can be asked of it.
type Expectation interface {
	// Spec is the expectation as the engine and the judge read it.
	Spec() ExpectationSpec
}

// ExpectationSpec is a probe, what must be true of what it sees, by when, and which
// claims that proves.
type ExpectationSpec struct {
	Probe  Probe
	Checks []Check
	// Deadline counts from the beginning of the phase, or from the milestone
	// named by Since. Zero means defaultDeadline.
	Deadline time.Duration
	// InARow is how many consecutive looks must hold. Zero means one.
	InARow int
	// Basis says on whose word it stands. Empty means Implied.
	Basis Basis
	// Claims are the runbook's claims that it proves.
	Claims []string

	Milestone      string
	SinceMilestone string
	NotBefore      time.Duration
	HealthyChecks  []Check
	Contained      bool
	// FirstAnswer: the first answer decides.
	FirstAnswer bool
	// UnaffectedByFault: it holds with the fault as it does without.
	UnaffectedByFault bool
	// RefusedLater is why a refusal may come later than with the first answer,
	// meanwhile what is answered until then.
	RefusedLater string
	UntilRefused []int
	// written are the settings that were written, mistakes what is wrong with them.
	written, mistakes []string
}

// Spec implements Expectation.
func (e ExpectationSpec) Spec() ExpectationSpec { return e }

// specs are expectations as the engine reads them.
func specs(list []Expectation) []ExpectationSpec {
	all := make([]ExpectationSpec, len(list))
	for i, e := range list {
		all[i] = e.Spec()
	}
	return all
}
