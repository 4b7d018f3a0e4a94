// Package hazards finds what is true of a runbook yet dangerous or misleading
// as written. It compares what the document says with what came out when its
// commands were executed, its remedies tried and its signals looked for, in
// healthy worlds and in broken ones; it knows no text of any runbook.
//
// One rule is one file, with a good and a bad example as data. A rule finds
// nothing rather than guess: without a record of an execution there is no
// finding.
package hazards

import (
	"sort"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

// Input is what rules look at.
type Input struct {
	Document *document.Document
	// Executions are those of the document's commands; they are found by the
	// statement's id or else by the command's text.
	Executions []scenarios.Execution
	Remedies   []Remedy
	Sightings  []Sighting
	Measured   []Measured
	// Claims names the claim of a statement, by the statement's id.
	Claims map[string]string
}

// Rule is one thing to look for.
type Rule struct {
	ID string
	// Title says in a few words what should hold, Why why it matters.
	Title, Why string
	// Bad is an example in which the rule finds something, Good one that
	// differs as little as possible and in which it finds nothing.
	Bad, Good Example
	find      func(*reader, func(finding))
}

// Example is an input as data.
type Example struct {
	Runbook    string
	Executions []scenarios.Execution
	Remedies   []Remedy
	Sightings  []Sighting
	Measured   []Measured
}

// Input is the example as an input.
func (e Example) Input() Input {
	return Input{
		Document: document.Parse([]byte(e.Runbook)), Executions: e.Executions,
		Remedies: e.Remedies, Sightings: e.Sightings, Measured: e.Measured,
	}
}

// finding is what a rule says of a statement.
type finding struct {
	statement document.Statement
	ran, saw  string
	proposal  string
	// why overrides the rule's own; wrong says that what is said is not so.
	why   string
	wrong bool
	// from and to are the part of the text that a machine can fix.
	from, to string
}

// Rules lists all rules: what cannot be run, what is shown, what follows from
// it, what it does, what the advice is worth, what is told of the system.
func Rules() []Rule {
	return []Rule{
		cannotRun, needsArranging, neverEnds,
		showsOther, answersNull, pipeHides,
		sameAnswer, dependsOnRole,
		leavesState, clearsNothing, touchesMore, failsOnEmpty, blocksOnMuch, breaksOnOddNames,
		idleAdvice, harmfulAdvice,
		attributedElsewhere, measuredOtherwise,
	}
}

// Run applies all rules and returns what they found in the document's order.
func Run(in Input) []ledger.Finding {
	r := newReader(in)
	var list []ledger.Finding
	for _, rule := range Rules() {
		rule.find(r, func(f finding) {
			s := f.statement
			found := ledger.Finding{
				Rule: rule.ID, Statement: s.ID, Claim: in.Claims[s.ID], Line: s.Line, Column: s.Column,
				Ran: f.ran, Saw: f.saw, Wrong: f.wrong, Why: rule.Why, Proposal: f.proposal,
			}
			if f.why != "" {
				found.Why = f.why
			}
			if f.from != "" && f.from != f.to {
				found.Fix = &ledger.Fix{Line: s.Line, Old: f.from, New: f.to}
			}
			list = append(list, found)
		})
	}
	sort.SliceStable(list, func(i, j int) bool {
		if list[i].Line != list[j].Line {
			return list[i].Line < list[j].Line
		}
		return list[i].Column < list[j].Column
	})
	return list
}
