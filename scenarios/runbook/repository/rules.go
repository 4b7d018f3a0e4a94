package repository

import (
	"sync"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/script"
)

// reader is a document beside the facts that it is held against.
type reader struct {
	*document.Document
	*Facts
	script *script.Script
}

// rule is one kind of fact.
type rule struct {
	id, title, why string
	severity       lint.Severity
	find           func(*reader, func(lint.Finding))
}

var list = []rule{
	namespaceRule, workloadRule, labelRule, serviceRule, probeRule, variableRule, endpointRule, alertRule, tableRule, imageRule,
}

// Rules hold a runbook against the facts of a repository.
func Rules(facts *Facts) []lint.Rule {
	var mutex sync.Mutex
	var last *reader
	read := func(d *document.Document) *reader {
		mutex.Lock()
		defer mutex.Unlock()
		if last == nil || last.Document != d {
			last = &reader{d, facts, script.Read(d)}
		}
		return last
	}
	all := make([]lint.Rule, 0, len(list))
	for _, r := range list {
		all = append(all, lint.Rule{ID: r.id, Title: r.title, Why: r.why, Severity: r.severity, Find: func(in lint.Input, report func(lint.Finding)) {
			r.find(read(in.Document), report)
		}})
	}
	return all
}

// at is a finding at a command.
func (r *reader) at(c *script.Call, text, proposal string) lint.Finding {
	return lint.Finding{Line: c.Line, Column: c.Column, Statement: r.Statements[c.Statement].ID, Text: text, Proposal: proposal}
}

// on is a finding at a statement.
func on(s document.Statement, text, proposal string) lint.Finding {
	return lint.Finding{Line: s.Line, Column: s.Column, Statement: s.ID, Text: text, Proposal: proposal}
}
