package binding

import (
	"sort"

	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// Essence is what must not change in a statement: its facts, the words of its
// command, or its field. Wording and order are no part of it.
func Essence(s document.Statement) []string {
	var list []string
	switch s.Kind {
	case document.Command:
		list = Tokens(s.Text)
	case document.Query:
		list = []string{Query(s.Text)}
	case document.Output, document.Setting:
		if s.Key != "" {
			return []string{s.Key, s.Value}
		}
		return []string{s.Text}
	case document.Link:
		return []string{s.Target}
	default:
		for _, f := range facts.Of(s.Text) {
			list = append(list, f.Value)
		}
	}
	sort.Strings(list)
	return list
}
