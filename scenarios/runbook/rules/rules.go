// Package rules finds what is wrong with the commands and the advice of a
// runbook, by reading it alone: commands that cannot run, never end, cannot
// show what their words say, or destroy more than they say.
//
// One rule is one file. A rule judges what is sure and is silent otherwise: a
// finding that is none costs more trust than ten that are missed.
package rules

import (
	"sync"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// finding is one thing that is wrong, at its place.
type finding struct {
	line, column int
	// text is what is wrong, proposal how it could read.
	text, proposal string
	// statement is the index of the statement concerned, or -1.
	statement int
	// severity is that of the rule unless it is given.
	severity lint.Severity
}

// rule is one thing to find.
type rule struct {
	id string
	// title says in a few words what the rule is about, why gives its reason.
	title, why string
	severity   lint.Severity
	find       func(*input, func(finding))
}

// input is a document as rules read it.
type input struct {
	*document.Document
	Script *script.Script
}

// list has the rules by what they are about: what cannot run, what does harm,
// what Postgres has, what cannot show what it should, what the text lacks.
var list = []rule{
	toolUsage, helmRelease, curlAddress, quotingOfVariables, heredoc, terminal, neverEnds, redirectAsRoot, grepAlternatives, exitStatus, localAddress,
	destructiveSQL, destructiveCommand, emptyVariable, notRestored, xargsEmpty, keysCommand, notKept, runningOnly,
	sqlCatalogue, sqlSettings, sqlTransaction, sqlLocks, idleListed, openTransactions, restoreFormat,
	logsOfLabel, newestFirst, writeProbe, grepPrinted, hitRate, poolStatus, readOnlyAction,
	secret, reference,
	unnamedDefault, unnamedSwitch, noContact, stepOrder,
}

// maxOfARule bounds what one rule reports: a document with more is wrong in
// one way, not in so many.
const maxOfARule = 200

// All lists the rules for lint.Run. Rules of one call share what they read of a
// document.
func All() []lint.Rule {
	var mutex sync.Mutex
	var last *input
	read := func(d *document.Document) *input {
		mutex.Lock()
		defer mutex.Unlock()
		if last == nil || last.Document != d {
			last = &input{Document: d, Script: script.Read(d)}
		}
		return last
	}
	all := make([]lint.Rule, 0, len(list))
	for _, r := range list {
		all = append(all, lint.Rule{ID: r.id, Title: r.title, Why: r.why, Severity: r.severity, Find: func(in lint.Input, report func(lint.Finding)) {
			n := 0
			r.find(read(in.Document), func(f finding) {
				if n++; n > maxOfARule {
					return
				}
				found := lint.Finding{Line: f.line, Column: f.column, Severity: f.severity, Text: f.text, Proposal: f.proposal}
				if f.statement >= 0 {
					found.Statement = in.Document.Statements[f.statement].ID
				}
				report(found)
			})
		}})
	}
	return all
}

// at is a finding at a command.
func at(c *script.Call, text, proposal string) finding {
	return finding{line: c.Line, column: c.Column, statement: c.Statement, text: text, proposal: proposal}
}

// on is a finding at a statement.
func (in *input) on(i int, text, proposal string) finding {
	s := in.Statements[i]
	return finding{line: s.Line, column: s.Column, statement: i, text: text, proposal: proposal}
}
