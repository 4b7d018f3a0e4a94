package rules

import (
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios/runbook/document"
)

var noDiagnosis = Rule{
	ID: "no-diagnosis", Title: "a symptom is followed by what to do", Weight: Warning,
	Why: "the reader recognises the trouble, and is left alone with it",
	find: func(in *Input, report func(Finding)) {
		type section struct {
			first int
			other bool
			name  string
		}
		sections := map[string]*section{}
		var order []string
		for i, s := range in.Statements {
			key := strings.Join(s.Sections, "\x00")
			t := sections[key]
			if t == nil {
				t = &section{first: -1, name: s.Section()}
				sections[key] = t
				order = append(order, key)
			}
			if s.Kind == document.Symptom {
				if t.first < 0 {
					t.first = i
				}
			} else if t.first >= 0 {
				t.other = true
			}
		}
		// What stands in a section below belongs to the section.
		for _, key := range order {
			for above := key; ; {
				cut := strings.LastIndexByte(above, 0)
				if cut < 0 {
					break
				}
				above = above[:cut]
				if t := sections[above]; t != nil && t.first >= 0 {
					t.other = true
				}
			}
		}
		for _, key := range order {
			if t := sections[key]; t.first >= 0 && !t.other && len(order) > 1 {
				report(in.on(t.first, fmt.Sprintf("%q has symptoms, and nothing to look at or to do", t.name), "add how to tell the cause and what to do, or where that is written"))
			}
		}
	},
}
