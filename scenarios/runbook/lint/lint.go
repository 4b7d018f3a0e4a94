// Package lint finds what is wrong with a runbook by reading it: what does not
// parse, what leads nowhere, what is told in two ways, and what does not fit
// the claims any more. It starts nothing.
//
// One rule is one file. A rule finds nothing rather than guess.
package lint

import (
	"sort"

	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

// Finding is one thing that is wrong, at its place.
type Finding struct {
	Rule   string `json:"rule"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	// Text is what is wrong, Why why it matters, Proposal how it could read.
	Text     string `json:"text"`
	Why      string `json:"why"`
	Proposal string `json:"proposal"`
	// Statement is the id of the statement concerned, if it is one.
	Statement string `json:"statement,omitempty"`
	Claim     string `json:"claim,omitempty"`
	// Fix is the change of text that the proposal stands for, where a machine
	// can make it.
	Fix *ledger.Fix `json:"fix,omitempty"`
}

// withFix is the finding with a change of text that a machine can make.
func (f Finding) withFix(line int, old, now string) Finding {
	if old != "" && old != now {
		f.Fix = &ledger.Fix{Line: line, Old: old, New: now}
	}
	return f
}

// Fixes are the changes of text that findings propose.
func Fixes(list []Finding) []ledger.Fix {
	var fixes []ledger.Fix
	for _, f := range list {
		if f.Fix != nil {
			fixes = append(fixes, *f.Fix)
		}
	}
	return fixes
}

// Input is what rules look at.
type Input struct {
	Document *document.Document
	// Binding is nil for a runbook that no claims are known of.
	Binding *binding.Report
	// Excuse says why a statement needs no claim, or nothing.
	Excuse func(document.Statement, []binding.Binding) string
	// Exists tells whether a file beside the document exists; nil where there
	// is no place beside it.
	Exists func(path string) bool
}

// Rule is one thing to look for.
type Rule struct {
	ID string
	// Title says in a few words what the rule is about, Why why it matters.
	Title, Why string
	find       func(Input, func(Finding))
}

// Rules lists all rules by the order of their work: what parses, what leads
// somewhere, what agrees with itself, what is bound.
func Rules() []Rule {
	return []Rule{
		notText, shellSyntax, sqlSyntax, yamlSyntax, jsonSyntax, blockLanguage,
		linkTarget, contents, placeholder, variable,
		commandHost, commandScope, pathTwice, outputField, keyScope, duplicates,
		staleFact, twoCandidates, goneClaim, unclaimed,
	}
}

// Run applies all rules and returns what they found in the document's order.
func Run(in Input) []Finding {
	list := []Finding{}
	for _, rule := range Rules() {
		rule.find(in, func(f Finding) {
			f.Rule = rule.ID
			if f.Why == "" {
				f.Why = rule.Why
			}
			f.Line, f.Column = max(f.Line, 1), max(f.Column, 1)
			list = append(list, f)
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

// at is a finding at a statement.
func at(s document.Statement, text, proposal string) Finding {
	return Finding{Line: s.Line, Column: s.Column, Statement: s.ID, Text: text, Proposal: proposal}
}
