package scenarios

import (
	"time"
)

// Every wait of the engine, with what it bounds. None is a sleep: each ends as
// soon as its condition holds.
const (
	// ProofDeadline bounds the proof that the stack works without the service.
	ProofDeadline = 10 * time.Second
	// StartDeadline bounds the start of the service's process, not its readiness.
	StartDeadline = 15 * time.Second
	// WitnessDeadline bounds the wait for a witness to report the presence
	// or the absence of a fault. A witness of latency waits for late answers.
	WitnessDeadline = 10 * time.Second
	// QuietPeriod is for how long nothing of what a fault is to show may be seen
	// before it, once something was: longer than the log goes without a line of
	// whatever repeats itself, a connection tried again or a health check.
	QuietPeriod = 10 * time.Second
	// QuietPeriods is how many of them it gets. Where nothing is seen at first,
	// there is none.
	QuietPeriods = 3
	// HealDeadline bounds the lifting of a fault. It outlives the run's context.
	// Most take milliseconds; a server that has crashed brings its data to the disk
	// and replays its log before it answers, over 10 s on a busy disk.
	HealDeadline = 45 * time.Second
	// ObservationTimeout bounds an observation that no deadline of an expectation bounds: the
	// one before the fault, those of Always, and the later ones of several in a
	// row. It is long enough for a busy machine, since an answer that comes late
	// is judged by FasterThan.
	ObservationTimeout = 5 * time.Second
	// ReachTimeout bounds the question whether each dependency can be reached:
	// one that hangs takes all of it.
	ReachTimeout = 2 * time.Second
	// DiagnosisTimeout bounds one execution of a diagnosis step, with all roles.
	DiagnosisTimeout = 10 * time.Second
	// DiagnosisRetryTimeout is how long a diagnosis step is executed again and again
	// until it shows what is stated: the service may learn of a fault, or of its
	// end, a moment later than the probes.
	DiagnosisRetryTimeout = time.Second

	// BackAfterDown is how long after a fault that had its process down the
	// service may still be starting: the runbook's probes begin to look after
	// 10 s ("Automated Monitoring", initialDelaySeconds of the livenessProbe).
	BackAfterDown = 10 * time.Second

	// AlwaysInterval is the pause between two observations of an Always expectation.
	AlwaysInterval = 250 * time.Millisecond
	// AlwaysSamples is how often each Always expectation is looked at under every
	// fault, at least: a fault is not healed sooner, however fast all that must
	// be seen is seen. Without it a liveness that follows the database down
	// a moment later would pass.
	AlwaysSamples = 6
	// AlwaysTimeout bounds the wait for those observations.
	AlwaysTimeout = AlwaysSamples * (AlwaysInterval + ObservationTimeout)
	// MaxPollInterval is the longest pause between two observations of an expectation.
	MaxPollInterval = 250 * time.Millisecond
)
