// Package ruletest tries rules on examples.
package ruletest

import (
	"slices"
	"testing"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/lint"
	"github.com/runproof/runproof/scenarios/runbook/rule"
)

// Examples are documents in which a rule must find something, and documents in
// which it must not: those that differ as little as possible and are right, and
// traps that look wrong and are not.
type Examples = struct{ Bad, Good []string }

// Shell is a document with a block of commands.
func Shell(commands string) string {
	return "# Service\n\n## A\n\n```bash\n" + commands + "\n```\n"
}

// Find is what rules find in a text.
func Find(list []rule.Rule, text string) []lint.Finding {
	return lint.Run(lint.Input{Document: document.Parse([]byte(text))}, rule.All(list))
}

// Check fails unless each rule finds all its bad examples and nothing in its
// good ones.
func Check(t *testing.T, list []rule.Rule, examples map[string]Examples) {
	t.Helper()
	for _, r := range list {
		e := examples[r.ID]
		if len(e.Bad) == 0 || len(e.Good) == 0 {
			t.Errorf("rule %s has no examples", r.ID)
		}
		of := func(text string) []lint.Finding {
			return slices.DeleteFunc(Find(list, text), func(f lint.Finding) bool { return f.Rule != r.ID })
		}
		for _, text := range e.Bad {
			if len(of(text)) == 0 {
				t.Errorf("%s misses\n%s", r.ID, text)
			}
		}
		for _, text := range e.Good {
			for _, f := range of(text) {
				t.Errorf("%s finds %q in\n%s", r.ID, f.Text, text)
			}
		}
		if r.Title == "" || r.Why == "" || r.Severity == "" {
			t.Errorf("%s does not say what it is about", r.ID)
		}
	}
	if len(examples) != len(list) {
		t.Errorf("%d examples for %d rules", len(examples), len(list))
	}
}

// Fuzz runs rules on what grows out of the examples.
func Fuzz(f *testing.F, list []rule.Rule, examples map[string]Examples) {
	f.Helper()
	for _, e := range examples {
		for _, text := range slices.Concat(e.Bad, e.Good) {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, found := range Find(list, text) {
			if found.Line < 1 || found.Text == "" || found.Proposal == "" || found.Severity == "" {
				t.Errorf("%+v", found)
			}
		}
	})
}
