package scenarios

import (
	"fmt"
	"slices"
	"time"
)

// What must hold of every answer of every scenario, whoever asked and in
// whatever phase. No author needs to think of it.
const (
	everyAnswerKeepsContract = "every answer keeps the contract"
	noAnswerOfAnotherTenant  = "no answer shows another tenant's data"
)

// watches judges every answer, those of the probes and those of the load.
func (j *judge) watches() []Outcome {
	contract := Outcome{Phase: PhaseAlways, Expectation: everyAnswerKeepsContract, Basis: Contract, Held: true}
	isolation := Outcome{Phase: PhaseAlways, Expectation: noAnswerOfAnotherTenant, Basis: Implied, Held: true}
	if isolation.Claims = j.s.silences(); len(isolation.Claims) > 0 {
		isolation.Basis = Documented
	}
	see := func(at, ended time.Time, breaches, foreign []string, what string, last Observation) {
		contract.Looks++
		isolation.Looks++
		when := at.Sub(j.began).Round(time.Millisecond)
		if contract.Held && len(breaches) > 0 {
			contract.Held, contract.Last, contract.tried = false, last, last.window()
			contract.Reason = fmt.Sprintf("%s, %s after the beginning: %s", what, when, breaches[0])
		}
		if isolation.Held && len(foreign) > 0 && !j.isolationTaken(at, ended) {
			isolation.Held, isolation.Last, isolation.tried = false, last, last.window()
			isolation.Reason = fmt.Sprintf("%s, %s after the beginning: another tenant's data in %s", what, when, foreign[0])
		}
	}
	for _, l := range j.everyLook {
		o := l.look
		if o.Status != 0 || len(o.Foreign) > 0 {
			see(o.At, o.Ended(), o.Breaches, o.Foreign, fmt.Sprintf("in %s", l.phase), o)
		}
	}
	for _, h := range j.hits {
		if h.Status != 0 && !h.Abandoned {
			see(h.Sent, h.Done, h.Breaches, h.Foreign, h.Route+" of the load", h.observation())
		}
	}
	if contract.Looks == 0 {
		return nil
	}
	return []Outcome{contract, isolation}
}

// silences lists what the scenario proves by silence between tenants. Any answer
// that breaks it breaks those claims, be it one that no probe of theirs has asked for.
func (s Scenario) silences() []string {
	var ids []string
	for _, e := range s.Expectations() {
		if e.Probe.Kind != ProbeIsolation || e.contained || e.Basis != Documented {
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
func (j *judge) isolationTaken(from, to time.Time) bool {
	for i, stage := range j.s.Stages() {
		st := j.stages[i]
		if !stage.Fault.OnIsolation() || st == nil || st.injected == nil || to.Before(st.testified[PhaseBefore]) {
			continue
		}
		if st.testimony[PhaseAfter].Presence != Absent || from.Before(st.testified[PhaseAfter]) {
			return true
		}
	}
	return false
}

// observation is a hit as the look that it was as well.
func (h Hit) observation() Observation {
	return Observation{At: h.Sent, Took: h.Took(), Status: h.Status, Err: h.Err, Class: h.Class, Breaches: h.Breaches, Foreign: h.Foreign}
}
