package scenarios

import (
	"time"

	"github.com/runproof/runproof/scenarios/audit"
)

// auditDeadline bounds the wait for the write audit to be right once everything else
// is: a write whose connection died may still land when a frozen server thaws.
const auditDeadline = 20 * time.Second

// ProbeAudit holds the writes that were sent against the database.
const ProbeAudit ProbeKind = "audit"

// AuditExpectation is of what became of the writes.
type AuditExpectation struct{ builder[AuditExpectation] }

func ofAudit(e ExpectationSpec) AuditExpectation {
	return AuditExpectation{builder[AuditExpectation]{e, ofAudit}}
}

// Audit holds every write that the scenario sent against the database itself,
// asked past the service. Every scenario with a fault is audited; one that
// names the audit itself can bind it to claims.
func Audit() AuditExpectation {
	return ofAudit(ExpectationSpec{Probe: Probe{Kind: ProbeAudit}, Deadline: auditDeadline})
}

// AcknowledgedArePresent asks that each acknowledged write is there, once.
func (a AuditExpectation) AcknowledgedArePresent() AuditExpectation {
	return a.check(Check{Kind: "acknowledged"})
}

// RefusedAreAbsent asks that no write is there that was refused for certain.
func (a AuditExpectation) RefusedAreAbsent() AuditExpectation {
	return a.check(Check{Kind: "refusedAbsent"})
}

// NothingTwice asks that no write is there twice, and that asking again under
// the same Idempotency-Key settles those of which nothing is known.
func (a AuditExpectation) NothingTwice() AuditExpectation {
	return a.check(Check{Kind: "nothingTwice"})
}

// audited is a check of an audit that was made.
func audited(holds func(audit.Facts) bool) func(Check, Observation) bool {
	return func(_ Check, o Observation) bool { return o.Audit != nil && holds(*o.Audit) }
}

func acknowledgedArePresent(b audit.Facts) bool { return len(b.Found().Lost) == 0 }

func refusedAreAbsent(b audit.Facts) bool { return len(b.Found().Unexpected) == 0 }

func nothingTwice(b audit.Facts) bool {
	found := b.Found()
	return len(found.Duplicated) == 0 && len(found.Unsettled) == 0
}

// Afterwards parts what must be seen to recover from the audits, which every
// scenario that breaks something gets, by itself or by default.
func (s Scenario) Afterwards() (recovery, audits []Expectation) {
	for _, e := range s.After {
		if e.Spec().Probe.Kind == ProbeAudit {
			audits = append(audits, e)
		} else {
			recovery = append(recovery, e)
		}
	}
	if len(audits) == 0 && len(s.Stages()) > 0 {
		audits = append(audits, Audit().AcknowledgedArePresent().RefusedAreAbsent().NothingTwice())
	}
	return recovery, audits
}

// RecoveryInArms is what must hold afterwards, however soon it does: a remedy
// may cure before the service would have cured itself.
func (s Scenario) RecoveryInArms() []Expectation {
	list, _ := s.Afterwards()
	anyTime := make([]Expectation, len(list))
	for i, e := range specs(list) {
		e.SinceMilestone, e.NotBefore, e.Milestone = "", 0, ""
		anyTime[i] = e
	}
	return anyTime
}
