package judge

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/record"
)

// Invariant is what must hold of every answer of every scenario, whoever asked
// and in whatever phase. No author needs to think of it.
type Invariant string

// The invariants.
const (
	InvariantContract Invariant = "contract"
	// InvariantIsolation: no scenario may be shown another tenant's data.
	InvariantIsolation Invariant = "isolation"
	// InvariantNoInternalError is for scenarios that ask for no 500: to the runbook
	// that is a symptom of its own ("Event Creation Failures"), which must be absent
	// under its neighbours. A probe that waits for 503 does not mind one in between.
	InvariantNoInternalError Invariant = "no-internal-error"
	// InvariantNothingDenied: who cannot look must not say that there is nothing. An
	// error of the database that becomes 404, or an empty list, is believed.
	InvariantNothingDenied Invariant = "nothing-denied"
	// InvariantNothingStale: a cache that was filled a moment too late shows what was
	// there before, until it forgets.
	InvariantNothingStale Invariant = "nothing-stale"
	// InvariantRecoveryLasts: a probe that waits for one good answer does not mind
	// that every second one is bad, as those of a pool are which never gives up its
	// dead connections.
	InvariantRecoveryLasts Invariant = "recovery-lasts"
	// InvariantReadinessFresh: a readiness that was kept tells whoever asks of a
	// service that is not there any more, whatever it says.
	InvariantReadinessFresh Invariant = "readiness-fresh"
)

// ID is that of the invariant's outcome.
func (i Invariant) ID() string { return "invariant(" + string(i) + ")" }

// String is the invariant as a report shows it.
func (i Invariant) String() string { return sentences[i] }

var sentences = map[Invariant]string{
	InvariantContract:        "every answer keeps the contract",
	InvariantIsolation:       "no answer shows another tenant's data",
	InvariantNoInternalError: "no answer is an internal error",
	InvariantNothingDenied:   "no answer denies what was acknowledged",
	InvariantNothingStale:    "no answer shows what was there before an acknowledged change",
	InvariantRecoveryLasts:   "what has recovered serves every request",
	InvariantReadinessFresh:  "no readiness is older than its answer",
}

// watch is one of them: what is wrong with an answer, if anything is.
type watch struct {
	outcome
	wrong func(response) string
}

// definite reports whether no slowness of the host explains a breach: a leak is
// one however late it comes, and a 500 that came at once was not waited for.
func (w watch) definite(a response) bool {
	return w.selfEvident || w.Invariant == InvariantNoInternalError && prompt(a.Observation)
}

// response is one answer of the service's, to whomever.
type response struct {
	scenarios.Observation
	what             string // who asked
	denied, outdated bool
	// failed says, of a request of the load, what it was answered for that of a
	// healthy service.
	failed string
}

// invariants judges every answer, those of the probes and those of the load.
func (j *judge) invariants() []outcome {
	all := j.responses()
	if len(all) == 0 {
		return nil
	}
	var outcomes []outcome
	for _, w := range j.watching() {
		outcomes = append(outcomes, j.watched(w, all))
	}
	return outcomes
}

func (j *judge) watching() []watch {
	isolation := watch{outcome{Outcome: Outcome{Invariant: InvariantIsolation, Basis: scenarios.Implied, Claims: silences(j.s)}, selfEvident: true}, j.leak}
	if len(isolation.Claims) > 0 {
		isolation.Basis = scenarios.Documented
	}
	list := []watch{
		{outcome{Outcome: Outcome{Invariant: InvariantContract, Basis: scenarios.Contract}, selfEvident: true}, promises{map[[sha256.Size]byte]bool{}}.breach},
		isolation,
		{outcome{Outcome: Outcome{Invariant: InvariantNothingDenied, Basis: scenarios.Implied}, selfEvident: true}, j.denial},
		{outcome{Outcome: Outcome{Invariant: InvariantNothingStale, Basis: scenarios.Contract}}, j.outdating},
		{outcome{Outcome: Outcome{Invariant: InvariantReadinessFresh, Basis: scenarios.Implied}}, kept},
	}
	if well := j.recoveries(); len(well) > 0 {
		list = append(list, watch{outcome{Outcome: Outcome{Invariant: InvariantRecoveryLasts, Basis: scenarios.Implied}}, func(a response) string {
			if a.failed != "" && slices.ContainsFunc(well, func(w recovery) bool { return w.covers(a.At) }) {
				return a.failed
			}
			return ""
		}})
	}
	if !expectsStatus(j.s, http.StatusInternalServerError) {
		list = append(list, watch{outcome{Outcome: Outcome{Invariant: InvariantNoInternalError, Basis: scenarios.Implied}}, internal})
	}
	return list
}

// watched goes through all answers to the worst that is wrong.
func (j *judge) watched(w watch, all []response) outcome {
	o := w.outcome
	o.Phase, o.ID, o.Expectation = scenarios.PhaseAlways, w.Invariant.ID(), w.Invariant.String()
	o.Held, o.Observations = true, len(all)
	for _, a := range all {
		if wrong := w.wrong(a); wrong != "" {
			reason := fmt.Sprintf("%s, %s after the beginning: %s", a.what, a.At.Sub(j.began).Round(time.Millisecond), wrong)
			o = j.worse(o, a.Observation, reason, w.definite(a))
		}
	}
	return o
}

// inWords says when a phase is.
func inWords(phase scenarios.Phase) string {
	switch phase {
	case scenarios.PhaseSteady:
		return "in the steady state"
	case scenarios.PhaseBefore:
		return "right before the fault"
	case scenarios.PhaseDuring:
		return "under the fault"
	case scenarios.PhaseAfter:
		return "after the healing"
	case scenarios.PhaseRemedied:
		return "after the remedy"
	case scenarios.PhaseAlways:
		return "at any time"
	}
	return "in " + string(phase)
}

// responses lists those of the probes, then those of the load.
func (j *timeline) responses() []response {
	var list []response
	for _, l := range j.allObservations {
		if o := l.observation; o.Status != 0 || len(o.Exchanges) > 0 {
			list = append(list, response{Observation: o, what: inWords(l.phase)})
		}
	}
	stale := staleSince(j.hits)
	for _, h := range j.hits {
		if h.Abandoned {
			continue
		}
		r := response{Observation: j.observationOf(h), what: h.Route + " of the load", denied: h.Denied(), outdated: outdated(h, stale)}
		if h.Failed {
			short := r.Observation
			short.Body = ""
			r.failed = short.String()
		}
		list = append(list, r)
	}
	return list
}

func (j *playing) leak(a response) string {
	if foreign := a.Foreign(); len(foreign) > 0 && !j.isolationTaken(a.At, a.Ended()) {
		return "another tenant's data in " + foreign[0]
	}
	return ""
}

// denial exempts a service that rows are hidden from. From then on: it may keep
// for a while what it saw.
func (j *playing) denial(a response) string {
	if a.denied && !j.since(a.Ended(), fault.Fault.Hides) {
		return "a row that was acknowledged is denied"
	}
	return ""
}

// outdating exempts a service from which rows are hidden, or whose memory was
// tampered with: where its signs of a change are gone, a read under way may put
// old values back. From then on: it may keep them for a while.
func (j *playing) outdating(a response) string {
	if a.outdated && !j.since(a.Ended(), fault.Fault.Hides) && !j.since(a.Ended(), fault.Fault.RewritesCache) {
		return "a row is shown as it was before a change that was acknowledged"
	}
	return ""
}

func internal(a response) string {
	if a.Status == http.StatusInternalServerError {
		return "answers 500"
	}
	return ""
}

// expectsStatus reports whether some expectation wants that status.
func expectsStatus(s scenarios.Scenario, status int) bool {
	return slices.ContainsFunc(s.Expectations(), func(e scenarios.ExpectationSpec) bool {
		return slices.ContainsFunc(e.Checks, func(c scenarios.Check) bool { return slices.Contains(c.Statuses, status) })
	})
}

// silences lists what the scenario proves by silence between tenants. Any answer
// that breaks it breaks those claims, be it one that no probe of theirs has asked for.
func silences(s scenarios.Scenario) []string {
	var ids []string
	for _, e := range s.Expectations() {
		if e.Probe.Kind != scenarios.ProbeIsolation || e.Contained || e.Basis != scenarios.Documented {
			continue
		}
		for _, id := range e.Claims {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// isolationTaken reports whether a fault on isolation itself may have been in
// force at some moment between two: from the witness's last word on its absence
// before, to its first afterwards. To inject and to heal takes a while, and
// nobody but the witness knows at which moment of it the isolation went or came.
func (j *playing) isolationTaken(from, to time.Time) bool {
	for i, stage := range j.s.Stages() {
		st := j.stages[i]
		if !stage.Fault.OnIsolation() || st == nil || st.injected == nil || to.Before(st.reportedAt[scenarios.PhaseBefore]) {
			continue
		}
		if st.reports[scenarios.PhaseAfter].Presence != record.Inactive || from.Before(st.reportedAt[scenarios.PhaseAfter]) {
			return true
		}
	}
	return false
}

// since reports whether such a fault may have been in force already.
func (j *playing) since(at time.Time, such func(fault.Fault) bool) bool {
	for i, stage := range j.s.Stages() {
		if st := j.stages[i]; such(stage.Fault) && st != nil && st.injected != nil && !at.Before(st.reportedAt[scenarios.PhaseBefore]) {
			return true
		}
	}
	return false
}

// observationOf is a hit as the observation that it was as well.
func (j *timeline) observationOf(h record.Hit) scenarios.Observation {
	o := scenarios.Observation{At: h.Sent, Took: h.Took(), Status: h.Status, Err: h.Err, Class: h.Class}
	if h.Exchange != nil {
		e := *h.Exchange
		o.Header, o.Body = e.Header, j.bodies[e.Digest]
		e.Header, e.Body = nil, ""
		o.Exchanges = []scenarios.Exchange{e}
	}
	return o
}
