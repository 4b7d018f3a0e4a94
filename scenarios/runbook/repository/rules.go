package repository

import (
	"slices"
	"strings"
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
	// names are the workloads that the document names and the repository has;
	// paths the operations.
	names, paths int
}

// rule is one kind of fact.
type rule struct {
	id, title, why string
	severity       lint.Severity
	find           func(*reader, func(lint.Finding))
}

var list = []rule{
	namespaceRule, workloadRule, labelRule, serviceRule, containerRule, probeRule, variableRule, endpointRule, alertRule, tableRule, imageRule,
}

// Rules hold a runbook against the facts of a repository.
func Rules(facts *Facts) []lint.Rule {
	var mutex sync.Mutex
	var last *reader
	read := func(d *document.Document) *reader {
		mutex.Lock()
		defer mutex.Unlock()
		if last == nil || last.Document != d {
			last = &reader{Document: d, Facts: facts, script: script.Read(d)}
			last.names, last.paths = last.shared()
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

// shared counts what the document and the repository have in common. A document
// that names nothing of what is there is about what is deployed from elsewhere.
func (r *reader) shared() (workloads, paths int) {
	for _, c := range r.script.Calls {
		switch c.Program {
		case "kubectl":
			_, name, _ := target(c)
			label, _ := c.Value("-l", "--selector")
			for _, w := range r.workloads {
				for _, value := range w.labels {
					if value != "" && strings.HasSuffix(label.Text, "="+value) {
						workloads++
					}
				}
				if w.name == name {
					workloads++
				}
			}
		case "curl":
			for _, a := range c.Args {
				if m := addressPath.FindStringSubmatch(a.Text); m != nil && r.has(m[2]) {
					paths++
				}
			}
		}
	}
	for _, s := range r.Statements {
		for _, m := range spokenPath.FindAllStringSubmatch(s.Text, 10) {
			if r.has(m[2]) {
				paths++
			}
		}
	}
	return workloads, paths
}

// has tells whether the contract has a path.
func (r *reader) has(path string) bool {
	return slices.ContainsFunc(r.operations, func(o operation) bool { return r.matches(o, path) })
}

// alike tells whether a name was meant for one that is there: a letter apart,
// or with an ending more or less.
func alike(name string, there map[string]Place) bool {
	for other := range there {
		short, long := name, other
		if len(short) > len(long) {
			short, long = long, short
		}
		if len(short) > 3 && len(long)-len(short) < 10 && (strings.HasPrefix(long, short) || strings.HasSuffix(long, short)) {
			return true
		}
		if len(short) == len(long) && len(short) > 3 {
			apart := 0
			for i := range len(short) {
				if short[i] != long[i] {
					apart++
				}
			}
			if apart <= 2 {
				return true
			}
		}
	}
	return false
}
