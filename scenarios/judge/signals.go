package judge

import (
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios"
)

// Signal is a way in which an operator learns that something is wrong.
type Signal string

// The signals that are told apart.
const (
	SignalReadiness Signal = "readiness"
	SignalLog       Signal = "log"
	SignalBreaker   Signal = "breaker"
	SignalClients   Signal = "client errors"
	SignalIsolation Signal = "isolation"
)

// Times are how long a signal took, nil where it was not seen.
type Times struct {
	// Detect is from the first fault's injection until the signal showed it.
	Detect *time.Duration `json:"detect,omitempty"`
	// Recover is from the last fault's healing until it showed health again.
	Recover *time.Duration `json:"recover,omitempty"`
}

// signalOf sorts a probe by the signal that it is; of an expectation's text,
// since that is what an outcome keeps.
func signalOf(e scenarios.ExpectationSpec) Signal {
	switch {
	case e.Probe.Kind == scenarios.ProbeLog:
		return SignalLog
	case e.Probe.Kind == scenarios.ProbeIsolation:
		return SignalIsolation
	case e.Probe.Kind == scenarios.ProbeHTTP && strings.HasPrefix(e.Probe.Path, "/health/ready"):
		for _, c := range e.Checks {
			if strings.HasPrefix(c.Path, "checks.dependencies") {
				return SignalBreaker
			}
		}
		return SignalReadiness
	case e.Probe.Kind == scenarios.ProbeHTTP && strings.HasPrefix(e.Probe.Path, "/api/"):
		return SignalClients
	}
	return ""
}

// signals finds for each signal when it showed the fault, and when health.
func (j *playing) signals(outcomes []outcome) map[Signal]Times {
	if j.mode == scenarios.Control || len(j.s.Stages()) == 0 {
		return nil
	}
	all := map[Signal]Times{}
	add := func(s Signal, detect, recovery *time.Duration) {
		t := all[s]
		if detect != nil && (t.Detect == nil || *detect < *t.Detect) {
			t.Detect = detect
		}
		if recovery != nil && (t.Recover == nil || *recovery > *t.Recover) {
			t.Recover = recovery
		}
		all[s] = t
	}
	for _, o := range outcomes {
		if !o.Held || o.signal == "" {
			continue
		}
		switch {
		case o.Phase == scenarios.PhaseDuring && o.Stage == 0:
			add(o.signal, &o.After, nil)
		case o.Phase == scenarios.PhaseAfter:
			add(o.signal, nil, &o.After)
		}
	}
	if at, seen := j.firstFailure(); seen {
		add(SignalClients, &at, nil)
	}
	return all
}

// firstFailure is the time from the first injection until a request of the
// load failed that left after it.
func (j *playing) firstFailure() (after time.Duration, seen bool) {
	st := j.stages[0]
	if st == nil || st.injected == nil {
		return 0, false
	}
	for _, h := range j.hits {
		if h.Abandoned || !h.Failed || !j.faultAt(h.Sent) {
			continue
		}
		if d := h.Done.Sub(st.injectedAt); !seen || d < after {
			after, seen = d, true
		}
	}
	return after, seen
}
