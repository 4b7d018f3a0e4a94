package play

import (
	"time"

	"github.com/runproof/runproof/scenarios"
)

// Every wait of the engine beside those that a scenario must fit in, with what it
// bounds. None is a sleep: each ends as soon as its condition holds.
const (
	// startDeadline bounds the start of the service's process, not its readiness.
	startDeadline = 15 * time.Second
	// quietPeriod is for how long nothing of what a fault is to show may be seen
	// before it, once something was: longer than the log goes without a line of
	// whatever repeats itself, a connection tried again or a health check.
	quietPeriod = 10 * time.Second
	// quietPeriods is how many of them it gets. Where nothing is seen at first,
	// there is none.
	quietPeriods = 3
	// healDeadline bounds the lifting of a fault. It outlives the run's context.
	// Most take milliseconds; a server that has crashed brings its data to the disk
	// and replays its log before it answers, over 10 s on a busy disk.
	healDeadline = 45 * time.Second
	// reachTimeout bounds the question whether each dependency can be reached:
	// one that hangs takes all of it.
	reachTimeout = 2 * time.Second
	// diagnosisTimeout bounds one execution of a diagnosis step, with all roles.
	diagnosisTimeout = 10 * time.Second
	// diagnosisRetryTimeout is how long a diagnosis step is executed again and again
	// until it shows what is stated: the service may learn of a fault, or of its
	// end, a moment later than the probes.
	diagnosisRetryTimeout = time.Second
	// alwaysInterval is the pause between two observations of an Always expectation,
	// for as long as something has just changed: a fault, its end, a remedy.
	alwaysInterval = 250 * time.Millisecond
	// maxAlwaysInterval is what the pause grows to while nothing changes.
	maxAlwaysInterval = time.Second
	// alwaysSamples is how often each Always expectation is looked at under every
	// fault, at least: a fault is not healed sooner, however fast all that must
	// be seen is seen. Without it a liveness that follows the database down
	// a moment later would pass.
	alwaysSamples = 6
	// alwaysTimeout bounds the wait for those observations.
	alwaysTimeout = alwaysSamples * (alwaysInterval + scenarios.ObservationTimeout)
	// maxPollInterval is the longest pause between two observations of an expectation.
	maxPollInterval = 500 * time.Millisecond
	// loadStartTimeout bounds the wait for LoadRequests of them to leave.
	loadStartTimeout = 20 * time.Second
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
	return min(max(waited/20, minPollInterval), maxPollInterval)
}

// measuredInterval is the same where that moment is reported.
func measuredInterval(waited time.Duration) time.Duration {
	if waited < preciseFor {
		return preciseInterval
	}
	return pollInterval(waited)
}

// pauseAlways is the pause before the next observation of an Always expectation,
// so long after the last change: a tenth of it.
func pauseAlways(unchanged time.Duration) time.Duration {
	return min(max(unchanged/10, alwaysInterval), maxAlwaysInterval)
}
