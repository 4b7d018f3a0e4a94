package contract

import (
	"time"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/runproof/runproof/scenarios/judge"
)

// Outcome is what became of one promise, or of what the suite does before and
// after them where that failed.
type Outcome struct {
	Promise string        `json:"promise"`
	Verdict judge.Verdict `json:"verdict"`
	// Reason says why the verdict is not Passed; it may quote the service.
	Reason string        `json:"reason,omitempty"`
	Took   time.Duration `json:"took"`
}

const (
	// harnessEntry is the name under which a spec reports why its failure says
	// nothing of the service.
	harnessEntry = "harness"
	// serviceEntry is the same for a failed set-up that is the service's doing.
	serviceEntry = "service"
	timedOut     = types.SpecStateTimedout
)

// Outcomes are those of the promises that a report tells of, in its order, and of
// a set-up or a clean-up that failed.
func Outcomes(r types.Report) (list []Outcome) {
	for _, spec := range r.SpecReports {
		if o := OutcomeOf(spec); spec.LeafNodeType == types.NodeTypeIt || o.Verdict != judge.Passed {
			list = append(list, o)
		}
	}
	return list
}

// OutcomeOf is that of one spec. What a spec itself saw broken is the service's,
// unless it has reported why it is not. A set-up that failed is ours unless it has
// reported the contrary. A panic, an interruption and what cannot be taken down
// are ours, and what was not played is undecided.
func OutcomeOf(spec types.SpecReport) Outcome {
	o := Outcome{Promise: spec.LeafNodeText, Reason: spec.Failure.Message, Took: spec.RunTime}
	switch {
	case spec.LeafNodeType == types.NodeTypeSynchronizedBeforeSuite:
		o.Promise = "the set-up"
	case spec.LeafNodeType != types.NodeTypeIt:
		o.Promise = "the clean-up"
	}
	switch spec.State {
	case types.SpecStatePassed:
		o.Verdict = judge.Passed
		return o
	case types.SpecStateSkipped, types.SpecStatePending:
		o.Verdict, o.Reason = judge.Unknown, "it was not played"
		return o
	case types.SpecStateFailed, types.SpecStateTimedout:
		o.Verdict = judge.Broken
		if spec.Failure.FailureNodeType == types.NodeTypeIt || reported(spec, serviceEntry) != "" {
			o.Verdict = judge.Failed
		}
	default:
		o.Verdict = judge.Broken
	}
	if spec.Failure.ForwardedPanic != "" {
		o.Reason += ": " + spec.Failure.ForwardedPanic
	}
	if why := reported(spec, harnessEntry); why != "" {
		o.Verdict, o.Reason = judge.Broken, why
	}
	return o
}

// reported is what a spec reports under a name; empty: nothing.
func reported(spec types.SpecReport, name string) string {
	for _, entry := range spec.ReportEntries {
		if text, ok := entry.GetRawValue().(string); ok && entry.Name == name {
			return text
		}
	}
	return ""
}
