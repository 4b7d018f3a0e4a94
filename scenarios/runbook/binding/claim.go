// Package binding finds the statement of a document that each claim means:
// tolerant of wording and order, strict about facts.
//
// Nothing is bound on a guess. A claim of which two statements could equally
// be meant is bound to neither; one whose fact was replaced by another is
// stale, and says which; one that the document does not make is gone.
package binding

import (
	"strings"

	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

// Class is what sort of statement can carry a claim.
type Class int

// The classes of claims.
const (
	// Text is a sentence, an item, a row or a comment.
	Text Class = iota
	// Command is a command, or the query inside one.
	Command
	// Field is a value in an expected output or a setting.
	Field
)

// Claim is a claim with what is needed to find its statement.
type Claim struct {
	ledger.Claim
	Class Class
	// Words say what the statement is about: each is a group of word beginnings
	// parted by "|", of which one must occur.
	Words []string
	// Forms are the ways in which the command of a claim may be printed. What
	// differs from all of them in more than order, spacing and quotes is stale.
	Forms []string
}

// role is the role that the claim's id gives it.
func (c Claim) role() document.Role {
	switch {
	case strings.Contains(c.ID, ".symptom."):
		return document.RoleSymptom
	case strings.Contains(c.ID, ".resolution."):
		return document.RoleResolution
	}
	return document.NoRole
}

// admits tells whether a statement is of the claim's class and role.
func (c Claim) admits(s document.Statement) bool {
	if c.role() == document.RoleSymptom && s.Role == document.RoleResolution {
		return false
	}
	if c.role() == document.RoleResolution && s.Role == document.RoleSymptom {
		return false
	}
	switch s.Kind {
	case document.Command, document.Query:
		return c.Class == Command
	case document.Output, document.Setting:
		return c.Class == Field
	case document.Symptom, document.Item, document.Prose, document.Row, document.Comment:
		return c.Class == Text || c.Class == Field
	}
	return false
}

// State is what became of a claim.
type State string

// The states of a binding.
const (
	// Bound: the document makes the claim.
	Bound State = "bound"
	// Stale: the document makes another claim in its place.
	Stale State = "stale"
	// Ambiguous: several statements could be meant.
	Ambiguous State = "ambiguous"
	// Gone: the document does not make the claim.
	Gone State = "gone"
)

// Binding is one claim and its statement.
type Binding struct {
	Claim Claim
	State State
	// Statement is an index into the document's statements, -1 without one.
	Statement int
	// Candidates are the statements of an ambiguous claim.
	Candidates []int
	// Old is the fact that the claim stands on, New what the document says instead.
	Old, New string
}

// Report is what binding a document found.
type Report struct {
	Document *document.Document
	Bindings []Binding
	// Foreign is the reason why nothing was bound at all: the document is
	// about something else.
	Foreign string

	byStatement map[int][]int
}

// Of lists the bindings to a statement, stale ones too.
func (r *Report) Of(statement int) []Binding {
	var list []Binding
	for _, i := range r.byStatement[statement] {
		list = append(list, r.Bindings[i])
	}
	return list
}

// Unclaimed lists the statements that no claim is bound to.
func (r *Report) Unclaimed() []int {
	var list []int
	for i := range r.Document.Statements {
		if len(r.byStatement[i]) == 0 {
			list = append(list, i)
		}
	}
	return list
}

// In lists the bindings in a state.
func (r *Report) In(state State) []Binding {
	var list []Binding
	for _, b := range r.Bindings {
		if b.State == state {
			list = append(list, b)
		}
	}
	return list
}
