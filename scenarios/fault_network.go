package scenarios

import (
	"errors"
	"fmt"
	"time"
)

// Faults on the way between the service and a dependency.
const (
	// FaultRefused closes the dependency's port: open connections are cut, new ones refused.
	FaultRefused FaultKind = "refused"
	// FaultLatency delays every answer of the dependency.
	FaultLatency FaultKind = "latency"
	// FaultReadsLate delays every answer of the dependency by so much that one
	// read of the service takes a given time, however many round trips it makes.
	FaultReadsLate FaultKind = "reads-late"
	// FaultBandwidth lets the dependency's answers through a narrow pipe.
	FaultBandwidth FaultKind = "bandwidth"
	// FaultBlackHole swallows every byte in both directions; connections hang.
	FaultBlackHole FaultKind = "black-hole"
	// FaultReset resets connections: the open ones at once, each new one as
	// soon as it was accepted. Nothing is ever refused.
	FaultReset FaultKind = "reset"
	// FaultCut ends each connection once so many bytes of answers have passed,
	// as a rule in the middle of an answer.
	FaultCut FaultKind = "cut"
	// FaultCommitLost ends each connection to Postgres between a commit and its
	// answer: the transaction took effect, and the client cannot know it.
	FaultCommitLost FaultKind = "commit-lost"
	// FaultSlowClose lets the end of a connection be heard late.
	FaultSlowClose FaultKind = "slow-close"
	// FaultSliced cuts answers into small pieces with a pause after each.
	FaultSliced FaultKind = "sliced"
)

var networkFaults = map[FaultKind]kindOf{
	FaultRefused: {
		needs:    needs(NeedsNetwork),
		describe: func(f Fault) string { return fmt.Sprintf("%s refuses connections", f.On) },
	},
	FaultLatency: {
		needs:    needs(NeedsNetwork),
		describe: func(f Fault) string { return fmt.Sprintf("%s answers %s late", f.On, f.Delay) + giveOrTake(f) },
		check:    hasLatency,
	},
	FaultReadsLate: {
		needs: needs(NeedsNetwork),
		describe: func(f Fault) string {
			return fmt.Sprintf("%s answers so late that a read takes %s", f.On, f.Delay) + giveOrTake(f)
		},
		check: hasLatency,
	},
	FaultBandwidth: {
		needs:    needs(NeedsNetwork),
		describe: func(f Fault) string { return fmt.Sprintf("%s answers at %d bytes a second", f.On, f.Amount) },
		check:    hasRate,
	},
	FaultBlackHole: {
		needs:    needs(NeedsNetwork),
		describe: func(f Fault) string { return fmt.Sprintf("%s swallows every byte", f.On) },
	},
	FaultReset: {
		needs:    needs(NeedsNetwork),
		describe: func(f Fault) string { return fmt.Sprintf("connections to %s are reset", f.On) },
	},
	FaultCut: {
		needs: needs(NeedsNetwork),
		describe: func(f Fault) string {
			return fmt.Sprintf("connections to %s end after %d bytes of answers", f.On, f.Amount)
		},
		check: hasBytes,
	},
	FaultCommitLost: {
		needs:    needs(NeedsNetwork),
		describe: func(f Fault) string { return fmt.Sprintf("%s commits, and its answer is lost", f.On) },
		check:    commits,
	},
	FaultSlowClose: {
		needs:    needs(NeedsNetwork),
		describe: func(f Fault) string { return fmt.Sprintf("connections to %s end %s late", f.On, f.Delay) },
		check:    hasDelay,
	},
	FaultSliced: {
		needs: needs(NeedsNetwork),
		describe: func(f Fault) string {
			return fmt.Sprintf("%s answers in pieces of %d bytes, one each %s", f.On, f.Amount, f.Delay)
		},
		check: hasSlices,
	},
}

// Refuse makes a dependency refuse connections, as when its process is gone.
func Refuse(on Dependency) Fault { return Fault{Kind: FaultRefused, On: on} }

// Slow delays every round trip to a dependency by the given time.
func Slow(on Dependency, perRoundTrip time.Duration) Fault {
	return Fault{Kind: FaultLatency, On: on, Delay: perRoundTrip}
}

// SlowReads delays every round trip to a dependency so that one read of the
// service takes the given time. It is for what is promised of answers: one
// service asks four times for each, another once.
func SlowReads(on Dependency, perRead time.Duration) Fault {
	return Fault{Kind: FaultReadsLate, On: on, Delay: perRead}
}

// GiveOrTake lets a delay vary by the jitter, up and down, each time by another.
func (f Fault) GiveOrTake(jitter time.Duration) Fault {
	f.Jitter = jitter
	return f
}

// LimitBandwidth lets so many bytes of a dependency's answers through in a second, on
// each connection.
func LimitBandwidth(on Dependency, bytesPerSecond int64) Fault {
	return Fault{Kind: FaultBandwidth, On: on, Amount: bytesPerSecond}
}

// Reset makes every connection to a dependency end in a reset, as when a
// firewall on the way has lost its table.
func Reset(on Dependency) Fault { return Fault{Kind: FaultReset, On: on} }

// CloseAfterBytes ends each connection to a dependency after so many bytes of its answers;
// on open ones they count from now on. What signing in costs must fit in.
func CloseAfterBytes(on Dependency, afterBytes int64) Fault {
	return Fault{Kind: FaultCut, On: on, Amount: afterBytes}
}

// DropCommitAck ends each connection to Postgres after a commit and before its answer.
func DropCommitAck() Fault { return Fault{Kind: FaultCommitLost, On: Postgres} }

// DelayClose delays the end of a connection that a dependency has closed.
func DelayClose(on Dependency, by time.Duration) Fault {
	return Fault{Kind: FaultSlowClose, On: on, Delay: by}
}

// SliceResponses makes a dependency's answers arrive in pieces of so many bytes, with a
// pause after each.
func SliceResponses(on Dependency, bytes int64, pause time.Duration) Fault {
	return Fault{Kind: FaultSliced, On: on, Amount: bytes, Delay: pause}
}

// BlackHole makes a dependency unreachable without a refusal, as when its host is gone.
func BlackHole(on Dependency) Fault { return Fault{Kind: FaultBlackHole, On: on} }

func giveOrTake(f Fault) string {
	if f.Jitter == 0 {
		return ""
	}
	return fmt.Sprintf(", give or take %s", f.Jitter)
}

func hasDelay(f Fault) error {
	if f.Delay <= 0 {
		return fmt.Errorf("%s fault has no delay", f.Kind)
	}
	return nil
}

func commits(f Fault) error {
	if f.On != Postgres {
		return fmt.Errorf("%s fault on %s: only %s commits", f.Kind, f.On, Postgres)
	}
	return nil
}

// hasLatency is for the faults whose delay may vary.
func hasLatency(f Fault) error {
	if f.Jitter < 0 || f.Jitter >= f.Delay && f.Jitter > 0 {
		return fmt.Errorf("%s fault has a jitter of %s around %s: it must be less", f.Kind, f.Jitter, f.Delay)
	}
	return hasDelay(f)
}

// leastRate is what toxiproxy can count: a byte each millisecond.
const leastRate = 1000

func hasRate(f Fault) error {
	if f.Amount < leastRate || f.Amount%leastRate != 0 {
		return fmt.Errorf("%s fault has a rate of %d bytes a second: it must be thousands", f.Kind, f.Amount)
	}
	return nil
}

func hasBytes(f Fault) error {
	if f.Amount <= 0 {
		return fmt.Errorf("%s fault has no bytes", f.Kind)
	}
	return nil
}

func hasSlices(f Fault) error { return errors.Join(hasBytes(f), hasDelay(f)) }
