package play

import (
	"time"

	"github.com/runproof/runproof/scenarios"
)

const (
	// driftInterval is how long after the first reading of a diagnosis step the second
	// one is made, at least. The third healthy one, after the recovery, is as far
	// from both as the reading under the fault.
	driftInterval = 500 * time.Millisecond
	// controlWindow is how long a control arm watches each During expectation
	// for being true by itself.
	controlWindow = 2 * time.Second
	// minPollInterval is the shortest pause between two observations of an expectation.
	minPollInterval = 50 * time.Millisecond
	// preciseInterval is the pause within the first preciseFor of a wait whose time is
	// reported as a time to detect or to recover: what comes about in a pause is known
	// to within half of it and of a look, 20 ms together.
	preciseInterval = 30 * time.Millisecond
	preciseFor      = time.Second
	// rowInterval is the longest pause once an expectation that must hold several
	// times in a row has begun to hold.
	rowInterval = 250 * time.Millisecond
	// diagnosisInterval is the pause before a diagnosis step is executed again.
	diagnosisInterval = 250 * time.Millisecond
)

// pollInterval is the pause before the next observation once so much time has
// passed: a twentieth of it. A moment found by polling is known to within one pause.
func pollInterval(waited time.Duration) time.Duration {
	return min(max(waited/20, minPollInterval), scenarios.MaxPollInterval)
}

// measuredInterval is the same where that moment is reported.
func measuredInterval(waited time.Duration) time.Duration {
	if waited < preciseFor {
		return preciseInterval
	}
	return pollInterval(waited)
}

// alwaysInterval is the pause before the next observation of an Always
// expectation, so long after the last change: a tenth of it.
func alwaysInterval(unchanged time.Duration) time.Duration {
	return min(max(unchanged/10, scenarios.AlwaysInterval), scenarios.MaxAlwaysInterval)
}
