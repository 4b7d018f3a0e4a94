package consistency

import (
	"sort"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// Document is a document among others, with what it asserts.
type Document struct {
	Name, Title string
	Assertions  []Assertion
}

// Across lists what documents about one service say in two ways. Each
// conflict's assertions are of different documents, in the order of the list.
func Across(documents []Document) []Conflict {
	place := map[string]int{}
	var list []Assertion
	for n, d := range documents {
		place[d.Name] = n
		for _, a := range d.Assertions {
			if a.Shared && !strings.HasPrefix(a.About, "~ ") {
				a.Document, a.List = d.Name, 0
				list = append(list, a)
			}
		}
	}
	var found []Conflict
	for _, c := range Conflicts(list) {
		sort.SliceStable(c.Said, func(i, j int) bool { return place[c.Said[i].Document] < place[c.Said[j].Document] })
		first, last := c.Said[0], c.Said[len(c.Said)-1]
		if first.Document != last.Document && related(documents[place[first.Document]], documents[place[last.Document]]) {
			c.Thing = first.Thing
			found = append(found, c)
		}
	}
	return found
}

// common are words of titles that say nothing of what the document is about.
var common = map[string]bool{}

func init() {
	for _, w := range strings.Fields("runbook runbooks the a an of for and on to in guide page service services operations operational procedures procedure incident incidents response troubleshooting handbook playbook documentation docs overview readme how alert alerts monitoring recovery disaster on call oncall production staging team general issues common") {
		common[w] = true
	}
}

// related tells whether two documents are about one service: their titles
// share a word that is not of every runbook.
func related(a, b Document) bool {
	words := map[string]bool{}
	for _, w := range facts.Words(a.Title) {
		words[w] = !common[w] && len(w) > 2
	}
	for _, w := range facts.Words(b.Title) {
		if words[w] {
			return true
		}
	}
	return false
}
