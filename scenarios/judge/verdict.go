package judge

import (
	"slices"
)

// Verdict is what a run says of one scenario. The zero value is Unknown and
// never counts as a pass.
type Verdict string

// The verdicts. Only Failed blames the target.
const (
	// Unknown means that nobody has judged yet.
	Unknown Verdict = ""
	// Passed means that every deciding check held under a proven fault.
	Passed Verdict = "Passed"
	// Unsupported means that the target or this machine lacks what the scenario needs.
	Unsupported Verdict = "Unsupported"
	// Inconclusive means that the fault was not proven, so nothing follows.
	Inconclusive Verdict = "Inconclusive"
	// Failed means that the target broke its promise while the harness was proven sound.
	Failed Verdict = "Failed"
	// Broken means that the harness or its stack failed.
	Broken Verdict = "Broken"
)

// verdictsByWeight lists the verdicts by what they count, the worst first.
var verdictsByWeight = []Verdict{Failed, Broken, Inconclusive, Unknown, Unsupported, Passed}

// Worse reports whether one verdict outweighs another.
func (v Verdict) Worse(other Verdict) bool {
	return slices.Index(verdictsByWeight, v) < slices.Index(verdictsByWeight, other)
}

// The exit codes of the runproof binary.
const (
	// ExitPassed: everything was decided and everything passed.
	ExitPassed = 0
	// ExitFailed: the target broke a promise.
	ExitFailed = 1
	// ExitUsage: the command line, a file or a configuration is wrong.
	ExitUsage = 2
	// ExitUndecided: the harness broke, a fault was not proven, or nothing was decided.
	ExitUndecided = 3
)

// ExitCode is the exit code of a run with these verdicts: Failed outweighs
// everything, then whatever is undecided. Unsupported is neutral beside
// others and undecided alone; no verdict at all is undecided.
func ExitCode(verdicts []Verdict) int {
	if slices.Contains(verdicts, Failed) {
		return ExitFailed
	}
	if !slices.Contains(verdicts, Passed) {
		return ExitUndecided
	}
	for _, v := range verdicts {
		if v != Passed && v != Unsupported {
			return ExitUndecided
		}
	}
	return ExitPassed
}
