package scenarios

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// ID tells an expectation from the others of its list: what is asked, and what must
// be true of the answer. It stays the same however the expectation reads, by when it
// must hold at the latest, how often, on whose word and for which claims: a later
// version may think otherwise of all that, about the very observations that were
// recorded for it.
func (e ExpectationSpec) ID() string {
	parts := []string{e.Probe.Key()}
	if e.Probe.Kind == ProbeLog {
		parts[0] = "log" // its text stands in the checks
	}
	for _, part := range []struct{ name, value string }{
		{"body", string(e.Probe.Body)}, {"of", string(e.Probe.Of)}, {"raw", digest(e.Probe.Raw)},
		{"if-match", e.Probe.IfMatch}, {"key", e.Probe.IdempotencyKey},
	} {
		if part.value != "" {
			parts = append(parts, part.name+"="+part.value)
		}
	}
	for _, c := range e.Checks {
		parts = append(parts, c.ID())
	}
	if e.SinceMilestone != "" {
		parts = append(parts, fmt.Sprintf("since(%s, %s)", e.SinceMilestone, e.NotBefore))
	}
	return strings.Join(parts, " ")
}

// digest is the beginning of a text's SHA-256; empty for no text.
func digest(text string) string {
	if text == "" {
		return ""
	}
	return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))[:8]
}

// IDs are those of a list of expectations.
func IDs(list []Expectation) []string {
	ids := make([]string, len(list))
	for i, e := range specs(list) {
		ids[i] = e.ID()
	}
	return numbered(ids)
}

// StepIDs are those of the diagnosis steps: their claims.
func (s Scenario) StepIDs() []string {
	ids := make([]string, len(s.Diagnosis))
	for i, step := range s.Diagnosis {
		ids[i] = step.Claim
	}
	return numbered(ids)
}

// ID tells a remedy from the others of its scenario.
func (r Remedy) ID() string { return r.Claim + ": " + r.String() }

// numbered are ids of which the later ones of several that are equal have a number.
func numbered(ids []string) []string {
	seen := map[string]int{}
	for i, id := range ids {
		if seen[id]++; seen[id] > 1 {
			ids[i] = fmt.Sprintf("%s #%d", id, seen[id])
		}
	}
	return ids
}

// IDs are those of the expectations of a phase and stage.
func (s Scenario) IDs(phase Phase, stage int) []string { return IDs(s.ExpectationsOf(phase, stage)) }

// ExpectationsOf lists what a phase and stage look at; none where it has no list.
func (s Scenario) ExpectationsOf(phase Phase, stage int) []Expectation {
	recovery, audits := s.Afterwards()
	switch phase {
	case PhaseSteady:
		return s.Steady
	case PhaseAlways:
		return s.Always
	case PhaseBefore, PhaseDuring:
		if stages := s.Stages(); stage < len(stages) {
			return stages[stage].During
		}
	case PhaseAfter:
		return recovery
	case PhaseRemedied:
		return s.RecoveryInArms()
	case PhaseAudit:
		return audits
	}
	return nil
}
