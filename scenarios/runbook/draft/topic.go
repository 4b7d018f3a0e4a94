package draft

import (
	"regexp"
	"slices"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

// topic is a section that says how something goes wrong: its symptoms, and what to do.
type topic struct {
	heading         string
	symptoms, steps []document.Statement
}

// topicsOf are the sections with symptoms, in the order of the document. What stands in a
// section of its own below the symptoms' section belongs to it, too.
func topicsOf(d *document.Document) []*topic {
	var list []*topic
	find := func(heading string) *topic {
		if i := slices.IndexFunc(list, func(t *topic) bool { return t.heading == heading }); i >= 0 {
			return list[i]
		}
		return nil
	}
	for _, s := range d.Statements {
		if s.Kind != document.Symptom || s.Untestable != "" || ofPeople.MatchString(s.Text) {
			continue
		}
		t := find(s.Section())
		if t == nil {
			t = &topic{heading: s.Section()}
			list = append(list, t)
		}
		t.symptoms = append(t.symptoms, s)
	}
	for _, s := range d.Statements {
		if s.Kind == document.Symptom || s.Untestable != "" || ofPeople.MatchString(s.Text) {
			continue
		}
		for i := len(s.Sections) - 1; i >= 0; i-- {
			if t := find(s.Sections[i]); t != nil {
				t.steps = append(t.steps, s)
				break
			}
		}
	}
	return list
}

// rowsOf are the rows of tables that list symptoms, each a topic of its own.
func rowsOf(d *document.Document) []*topic {
	var list []*topic
	for _, s := range d.Statements {
		if s.Kind == document.Row && s.Untestable == "" && len(s.Header) > 0 && symptomHead.MatchString(s.Header[0]) && !ofPeople.MatchString(s.Text) {
			list = append(list, &topic{heading: s.Section(), symptoms: []document.Statement{s}})
		}
	}
	return list
}

var symptomHead = regexp.MustCompile(`(?i)\bsymptoms?\b|\bwhat you see\b|\bobserv\w+|\berrors?\b`)
