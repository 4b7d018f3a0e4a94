package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// How many words, relations not counted, two clauses must share to be about one
// thing: fewer where neither has any other.
const (
	leastEqual = 2
	leastWords = 3
)

// longest bounds a sentence, in bytes, that can be told a second time.
const longest = 1000

var duplicates = Rule{
	ID: "duplicate", Title: "one thing is told in one way", Severity: Warning,
	Why: "one of the two is wrong, and nobody knows which",
	Find: func(in Input, report func(Finding)) {
		byWord := map[string][]clause{}
		for _, s := range in.Document.Statements {
			for _, c := range clauses(s) {
				if before, told := c.elsewhere(byWord); told {
					report(at(s, fmt.Sprintf("%s here, and %s in line %d", c.shown(), before.shown(), before.statement.Line), "find out which of them is right, and say it in one place"))
					break
				}
			}
			for _, c := range clauses(s) {
				for _, w := range c.words {
					byWord[w] = append(byWord[w], c)
				}
			}
		}
	},
}

// clause is a part of a sentence: what it is about, by its words, and what it
// says of that, by its numbers.
type clause struct {
	statement document.Statement
	words     []string
	values    []string
	types     []facts.Type
	// counting is the number of words that are no relations.
	counting int
}

func (c clause) shown() string { return strings.Join(c.values, ", ") }

// joints are where a clause ends and another begins.
var joints = regexp.MustCompile(`, (?:and|but|or|so|which) |[;:.!?] | [-–—] `)

// fillers say nothing of what a clause is about; an "it" stands for what the
// sentence before was about.
var fillers = map[string]bool{
	"a": true, "an": true, "the": true, "it": true, "its": true, "this": true, "that": true, "these": true,
	"is": true, "are": true, "was": true, "were": true, "be": true, "been": true,
}

// relations tell two clauses apart, but do not make them alike.
var relations = map[string]bool{
	"after": true, "before": true, "for": true, "every": true, "within": true, "in": true, "on": true, "at": true, "of": true, "to": true, "by": true,
	"with": true, "than": true, "more": true, "less": true, "least": true, "most": true, "up": true, "over": true, "under": true,
}

func clauses(s document.Statement) []clause {
	switch s.Kind {
	case document.Symptom, document.Item, document.Prose, document.Comment:
	default:
		return nil
	}
	if len(s.Text) > longest {
		return nil
	}
	var list []clause
	for _, text := range joints.Split(s.Text, -1) {
		c := clause{statement: s}
		for _, f := range facts.Of(text) {
			switch f.Type {
			case facts.Duration, facts.Number, facts.Percent, facts.Status:
				c.values, c.types = append(c.values, f.Value), append(c.types, f.Type)
				text = strings.Replace(text, f.Raw, " ", 1)
			}
		}
		if len(c.values) == 0 {
			continue
		}
		for _, w := range facts.Words(text) {
			if fillers[w] || slices.Contains(c.words, w) {
				continue
			}
			c.words = append(c.words, w)
			if !relations[w] {
				c.counting++
			}
		}
		if c.counting >= leastEqual {
			list = append(list, c)
		}
	}
	return list
}

// elsewhere finds a clause before it that is about the same thing and says
// another value of it: the words of one are all among those of the other.
func (c clause) elsewhere(byWord map[string][]clause) (clause, bool) {
	var candidates []clause
	for _, w := range c.words {
		candidates = append(candidates, byWord[w]...)
		if len(candidates) > maxCandidates {
			break
		}
	}
	for _, before := range candidates {
		if before.statement.ID == c.statement.ID || !slices.Equal(before.types, c.types) || slices.Equal(before.values, c.values) {
			continue
		}
		few, many := c, before
		if len(before.words) < len(c.words) {
			few, many = before, c
		}
		if within(few.words, many.words) && (len(few.words) == len(many.words) || few.counting >= leastWords) {
			return before, true
		}
	}
	return clause{}, false
}

// maxCandidates bounds how many clauses a clause is compared with: a document
// that says everything a hundred times is not worth more.
const maxCandidates = 500

func within(few, many []string) bool {
	for _, w := range few {
		if !slices.Contains(many, w) {
			return false
		}
	}
	return true
}
