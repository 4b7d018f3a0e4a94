// Package lint finds what is wrong with a runbook by reading it: what does not
// parse, what leads nowhere, what is told in two ways, and what does not fit
// the claims any more. It starts nothing.
//
// One rule is one file. A rule finds nothing rather than guess.
package lint

import (
	"sort"
	"strings"

	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

// Finding is one thing that is wrong, at its place.
type Finding struct {
	Rule   string `json:"rule"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	// Severity is the rule's, unless the finding has one of its own.
	Severity Severity `json:"severity"`
	// Others are further lines of the same cause.
	Others []int `json:"others,omitempty"`
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

	seen *seen
}

// Severity is how much a finding weighs.
type Severity string

// The severities, the heaviest first.
const (
	// Error: following the runbook as written fails, or does something else.
	Error Severity = "error"
	// Warning: it may fail, or it misleads.
	Warning Severity = "warning"
	// Info: it could be better.
	Info Severity = "info"
)

// AtLeast tells whether a severity is as heavy as another, or heavier.
func (s Severity) AtLeast(other Severity) bool { return weight[s] >= weight[other] }

var weight = map[Severity]int{Info: 1, Warning: 2, Error: 3}

// Severities lists the severities, the heaviest first.
func Severities() []Severity { return []Severity{Error, Warning, Info} }

// Rule is one thing to look for.
type Rule struct {
	ID string
	// Title says in a few words what the rule is about, Why why it matters.
	Title, Why string
	// Severity is that of its findings which have none of their own.
	Severity Severity
	// Find reports what is wrong: one finding for one cause, with its other
	// lines. It may leave out rule, why and severity.
	Find func(Input, func(Finding))
}

// Rules lists this package's rules by the order of their work: what parses,
// what leads somewhere, what agrees with itself, what is bound.
func Rules() []Rule {
	return []Rule{
		notText, shellSyntax, sqlSyntax, yamlSyntax, jsonSyntax, blockLanguage,
		linkTarget, contents, placeholder, variable,
		commandHost, commandScope, pathTwice, outputField, keyScope, duplicates, renamedCommand, password, hostNames,
		staleFact, twoCandidates, goneClaim, unclaimed, unexplainedIgnore,
	}
}

// Run applies rules and returns what they found in the document's order,
// without what the document itself says to ignore. What is found twice in the
// same words is one finding.
func Run(in Input, rules []Rule) []Finding {
	in.seen = &seen{}
	list := []Finding{}
	same := map[[2]string]int{}
	ignored := ignores(in.Document)
	for _, rule := range rules {
		rule.Find(in, func(f Finding) {
			f.Rule = rule.ID
			if f.Why == "" {
				f.Why = rule.Why
			}
			if f.Severity == "" {
				f.Severity = rule.Severity
			}
			f.Line, f.Column = max(f.Line, 1), max(f.Column, 1)
			if ignored.covers(f) {
				return
			}
			if f.Fix != nil && !certain(in.Document, *f.Fix) {
				f.Fix = nil
			}
			key := [2]string{f.Rule, f.Text}
			if n, found := same[key]; found {
				list[n].Others = append(append(list[n].Others, f.Line), f.Others...)
				return
			}
			same[key] = len(list)
			list = append(list, f)
		})
	}
	for i := range list {
		list[i].Others = sorted(list[i].Others, list[i].Line)
	}
	sort.SliceStable(list, func(i, j int) bool {
		if list[i].Line != list[j].Line {
			return list[i].Line < list[j].Line
		}
		return list[i].Column < list[j].Column
	})
	return list
}

// certain tells whether it is clear which characters a change means: in its
// line the old text stands once.
func certain(d *document.Document, fix ledger.Fix) bool {
	first, _, _ := strings.Cut(fix.Old, "\n")
	return strings.Count(d.Line(fix.Line), first) == 1
}

// sorted are lines in order, each once, without the first.
func sorted(lines []int, first int) []int {
	sort.Ints(lines)
	var list []int
	for _, n := range lines {
		if n != first && (len(list) == 0 || list[len(list)-1] != n) {
			list = append(list, n)
		}
	}
	return list
}

// at is a finding at a statement.
func at(s document.Statement, text, proposal string) Finding {
	return Finding{Line: s.Line, Column: s.Column, Statement: s.ID, Text: text, Proposal: proposal}
}
