package lint

import (
	"fmt"
	"sort"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// leastWords is how many words two sentences must share to be the same one.
const leastWords = 3

// longest bounds a sentence, in bytes, that can be told a second time.
const longest = 1000

var toldTwice = Rule{
	ID: "told-twice", Title: "one thing is told in one way",
	Why: "one of the two is wrong, and nobody knows which",
	find: func(in Input, report func(Finding)) {
		first := map[string]document.Statement{}
		for _, s := range in.Document.Statements {
			key, value, shown := subject(s)
			if key == "" {
				continue
			}
			before, told := first[key]
			if !told {
				first[key] = s
				continue
			}
			if _, was, _ := subject(before); was != value {
				report(at(s, fmt.Sprintf("%s here, and %s in line %d", shown, shownOf(before), before.Line), "find out which of them is right, and say it in one place"))
			}
		}
	},
}

// subject is what a sentence is about, by its words, and what it says of it,
// by its numbers.
func subject(s document.Statement) (key, value, shown string) {
	switch s.Kind {
	case document.Symptom, document.Item, document.Prose, document.Comment:
	default:
		return "", "", ""
	}
	text := s.Text
	if len(text) > longest {
		return "", "", ""
	}
	var values []string
	for _, f := range facts.Of(s.Text) {
		switch f.Type {
		case facts.Duration, facts.Number, facts.Percent, facts.Status:
			values = append(values, f.Value)
			text = strings.Replace(text, f.Raw, " ", 1)
		}
	}
	if len(values) == 0 {
		return "", "", ""
	}
	words := facts.Words(text)
	sort.Strings(words)
	if len(words) < leastWords {
		return "", "", ""
	}
	return strings.Join(words, " "), strings.Join(values, " "), strings.Join(values, ", ")
}

func shownOf(s document.Statement) string {
	_, _, shown := subject(s)
	return shown
}
