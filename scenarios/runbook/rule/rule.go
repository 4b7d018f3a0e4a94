// Package rule has what rules about the commands and the advice of a runbook
// are made of: the document with its commands taken apart, and what the text
// around a command says.
package rule

import (
	"regexp"
	"sync"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// Finding is one thing that is wrong, at its place.
type Finding struct {
	Line, Column int
	// Text is what is wrong, Proposal how it could read.
	Text, Proposal string
	// Statement is the index of the statement concerned, or -1.
	Statement int
	// Severity is that of the rule unless it is given.
	Severity lint.Severity
}

// Rule is one thing to find. It judges what is sure and is silent otherwise: a
// finding that is none costs more trust than ten that are missed.
type Rule struct {
	ID string
	// Title says in a few words what the rule is about, Why gives its reason.
	Title, Why string
	Severity   lint.Severity
	Find       func(*Input, func(Finding))
}

// Input is a document as rules read it.
type Input struct {
	*document.Document
	Script *script.Script

	matched map[*regexp.Regexp]bool
}

// Anywhere tells whether a pattern matches the text of the document. What was
// found is kept: it is asked for each command that it could excuse.
func (in *Input) Anywhere(p *regexp.Regexp) bool {
	found, known := in.matched[p]
	if !known {
		if in.matched == nil {
			in.matched = map[*regexp.Regexp]bool{}
		}
		found = p.Match(in.Source)
		in.matched[p] = found
	}
	return found
}

// maxOfARule bounds what one rule reports: a document with more is wrong in
// one way, not in so many.
const maxOfARule = 200

// All are rules as lint.Run takes them. Rules of one call share what they read
// of a document.
func All(list []Rule) []lint.Rule {
	var mutex sync.Mutex
	var last *Input
	read := func(d *document.Document) *Input {
		mutex.Lock()
		defer mutex.Unlock()
		if last == nil || last.Document != d {
			last = &Input{Document: d, Script: script.Read(d)}
		}
		return last
	}
	all := make([]lint.Rule, 0, len(list))
	for _, r := range list {
		all = append(all, lint.Rule{ID: r.ID, Title: r.Title, Why: r.Why, Severity: r.Severity, Find: func(in lint.Input, report func(lint.Finding)) {
			n := 0
			r.Find(read(in.Document), func(f Finding) {
				if n++; n > maxOfARule {
					return
				}
				found := lint.Finding{Line: f.Line, Column: f.Column, Severity: f.Severity, Text: f.Text, Proposal: f.Proposal}
				if f.Statement >= 0 {
					found.Statement = in.Document.Statements[f.Statement].ID
				}
				report(found)
			})
		}})
	}
	return all
}

// At is a finding at a command.
func At(c *script.Call, text, proposal string) Finding {
	return Finding{Line: c.Line, Column: c.Column, Statement: c.Statement, Text: text, Proposal: proposal}
}

// On is a finding at a statement.
func (in *Input) On(i int, text, proposal string) Finding {
	s := in.Statements[i]
	return Finding{Line: s.Line, Column: s.Column, Statement: i, Text: text, Proposal: proposal}
}
