// Package rules finds what is wrong with the commands and the advice of a
// runbook, by reading it alone: commands that cannot run, never end, cannot
// show what their words say, or destroy more than they say.
//
// One rule is one file. A rule judges what is sure and is silent otherwise: a
// finding that is none costs more trust than ten that are missed.
package rules

import (
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// Weight is how much a finding matters.
type Weight string

// The weights, the heaviest first.
const (
	// Error is what fails, or does harm, as printed.
	Error Weight = "error"
	// Warning is what misleads, or does harm under a condition.
	Warning Weight = "warning"
	// Info is what is lacking.
	Info Weight = "info"
)

// Finding is one thing that is wrong, at its place.
type Finding struct {
	Line, Column int
	// Text is what is wrong, Proposal how it could read; Why is that of the rule
	// unless it is given.
	Text, Why, Proposal string
	// Statement is the index of the statement concerned, or -1.
	Statement int
	// Weight is that of the rule unless it is given.
	Weight Weight
}

// Rule is one thing to find.
type Rule struct {
	ID string
	// Title says in a few words what the rule is about, Why why it matters.
	Title, Why string
	Weight     Weight
	find       func(*Input, func(Finding))
}

// Input is a document as rules read it.
type Input struct {
	*document.Document
	Script *script.Script
}

// Read prepares a document for the rules.
func Read(d *document.Document) *Input { return &Input{Document: d, Script: script.Read(d)} }

// All lists the rules: what cannot run, what does harm, what cannot show what
// it should, what the text lacks.
func All() []Rule {
	return []Rule{
		toolUsage, curlAddress, quotingOfVariables, heredoc, terminal, neverEnds, redirectAsRoot, grepAlternatives, exitStatus,
		destructiveSQL, destructiveCommand, emptyVariable, noWayBack, xargsEmpty, keysCommand,
		sqlCatalogue, sqlSettings, sqlLocks, idleListed, restoreFormat, notKept, localAddress,
		logsOfLabel, newestFirst, writeProbe, grepPrinted, hitRate, poolStatus, readOnlyAction,
		secret, reference,
		unnamedDefault, unnamedSwitch, noContact, stepOrder,
	}
}

// maxOfARule bounds what one rule reports: a document with more is wrong in
// one way, not in so many.
const maxOfARule = 200

// Find applies a rule.
func (r Rule) Find(in *Input, report func(Finding)) {
	n := 0
	r.find(in, func(f Finding) {
		if n++; n > maxOfARule {
			return
		}
		if f.Why == "" {
			f.Why = r.Why
		}
		if f.Weight == "" {
			f.Weight = r.Weight
		}
		report(f)
	})
}

// at is a finding at a command.
func at(c *script.Call, text, proposal string) Finding {
	return Finding{Line: c.Line, Column: c.Column, Statement: c.Statement, Text: text, Proposal: proposal}
}

// on is a finding at a statement.
func (in *Input) on(i int, text, proposal string) Finding {
	s := in.Statements[i]
	return Finding{Line: s.Line, Column: s.Column, Statement: i, Text: text, Proposal: proposal}
}

// once joins findings with the same text: one at the first place, which names
// the lines of the others.
type once struct {
	order []string
	first map[string]Finding
	lines map[string][]int
}

func (o *once) add(f Finding) {
	if o.first == nil {
		o.first, o.lines = map[string]Finding{}, map[string][]int{}
	}
	if _, seen := o.first[f.Text]; !seen {
		o.first[f.Text] = f
		o.order = append(o.order, f.Text)
		return
	}
	o.lines[f.Text] = append(o.lines[f.Text], f.Line)
}

func (o *once) report(report func(Finding)) {
	for _, text := range o.order {
		f := o.first[text]
		if lines := o.lines[text]; len(lines) > 0 {
			f.Text += "; also in line " + numbers(lines)
		}
		report(f)
	}
}

// numbers lists a few numbers and how many are left.
func numbers(list []int) string {
	const shown = 8
	var b strings.Builder
	last := 0
	for i, n := range list {
		if i == shown {
			fmt.Fprintf(&b, " and %d more", len(list)-shown)
			break
		}
		if n == last {
			continue
		}
		last = n
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%d", n)
	}
	return b.String()
}
