package hazards

import (
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

// Effect is what doing what the runbook advises changed.
type Effect string

// The effects of a remedy, judged by playing it and leaving it.
const (
	Heals   Effect = "heals"
	Idle    Effect = "idle"
	Harmful Effect = "harmful"
)

// Remedy is one playing of an advice: with the fault staying or lifted, done
// and not done.
type Remedy struct {
	// Statement is the id of the statement that advises it, Text its text where
	// the id is not known.
	Statement, Text string
	// Fault is against what it was tried, Saw what came out in each arm.
	Fault  string
	Effect Effect
	Saw    string
}

// advised finds the statement of a remedy.
func (r *reader) advised(m Remedy) (document.Statement, bool) {
	for _, s := range r.Document.Statements {
		if m.Statement != "" && s.ID == m.Statement || m.Statement == "" && squeezed(s.Text) == squeezed(m.Text) {
			return s, true
		}
	}
	return document.Statement{}, false
}

// judged reports the remedies with an effect that no playing of the same
// advice contradicts: one that heals against some fault of its section is
// neither idle nor, for want of trying, wrong. Nor is one of which the runbook says
// where it does not help.
func judged(r *reader, effect Effect, report func(finding), proposal string) {
	healed := map[string]bool{}
	for _, m := range r.Remedies {
		if s, ok := r.advised(m); ok && m.Effect == Heals {
			healed[s.ID] = true
		}
	}
	told := map[string]bool{}
	for _, m := range r.Remedies {
		s, ok := r.advised(m)
		if !ok || m.Effect != effect || told[s.ID] || effect == Idle && (healed[s.ID] || limited.MatchString(s.Purpose+" "+s.Text)) {
			continue
		}
		told[s.ID] = true
		report(finding{
			statement: s, ran: fmt.Sprintf("%s (%s; done and not done)", squeezed(s.Text), m.Fault),
			saw: fmt.Sprintf("%s: %s", effect, m.Saw), proposal: strings.ReplaceAll(proposal, "FAULT", m.Fault),
		})
	}
}
