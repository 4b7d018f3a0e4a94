package hazards

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// Sightings say of each symptom's log words and statuses under which faults
// they were seen, as far as a check looked.
func Sightings(r *binding.Report, results []judge.Result) []Sighting {
	headings := map[string]string{} // of the claims' sections in this document
	var signals []signal
	for i, s := range r.Document.Statements {
		for _, b := range r.Of(i) {
			headings[b.Claim.Section] = s.Section()
			if s.Kind == document.Symptom {
				signals = append(signals, signalsOf(s)...)
			}
		}
	}
	var list []Sighting
	for _, res := range results {
		section := headings[res.Section]
		if section == "" || len(res.Faults) == 0 || res.Mode == scenarios.Control || res.Verdict != judge.Passed && res.Verdict != judge.Failed {
			continue
		}
		for _, f := range signals {
			seen, looked := f.sighted(res.Outcomes)
			if looked {
				list = append(list, Sighting{Signal: f.Raw, Statement: f.statement, Fault: strings.Join(res.Faults, ", then "), Section: section, Seen: seen})
			}
		}
	}
	return list
}

// signal is a status or a log word of a symptom.
type signal struct {
	facts.Fact
	statement string
	// beside are the words that the symptom says to stand in the same line: what
	// tells it from another line with the same word.
	beside []string
}

// sameLine is how a runbook says that the words it quotes stand together.
var sameLine = regexp.MustCompile(`(?i)\b(?:same|that|this|one|whose) line\b|\bline that\b`)

func signalsOf(s document.Statement) []signal {
	var list []signal
	var quoted []string
	for _, f := range facts.Of(s.Text) {
		if f.Type == facts.Name && f.Quoted {
			quoted = append(quoted, f.Value)
		}
		if f.Type == facts.Status || f.Type == facts.Name && f.Quoted {
			list = append(list, signal{Fact: f, statement: s.ID})
		}
	}
	if len(quoted) < 2 || !sameLine.MatchString(s.Text) {
		return list
	}
	// Of words in one line the first is the signal, the others come with it.
	list = slices.DeleteFunc(list, func(f signal) bool { return slices.Contains(quoted[1:], f.Value) })
	for i, f := range list {
		if f.Value == quoted[0] {
			list[i].beside = quoted[1:]
		}
	}
	return list
}

// sighted tells whether a signal was seen under the fault, and whether anybody
// looked for it.
func (f signal) sighted(outcomes []judge.Outcome) (seen, looked bool) {
	for _, o := range outcomes {
		if o.Phase != scenarios.PhaseDuring || o.Observations == 0 {
			continue
		}
		switch f.Type {
		case facts.Status:
			seen = seen || strconv.Itoa(o.Last.Status) == f.Value
			looked = looked || seen || !o.Held && strings.Contains(o.Expectation, "answers "+f.Value)
		case facts.Name:
			seen = seen || slices.ContainsFunc(o.Last.Lines, f.standsIn)
			looked = looked || seen || strings.Contains(o.Expectation, strconv.Quote(f.Value))
		}
	}
	return seen, looked
}

// standsIn tells whether a line of the log says the word, and all that is
// quoted beside it.
func (f signal) standsIn(line string) bool {
	said := said(line)
	return !slices.ContainsFunc(append([]string{f.Value}, f.beside...), func(word string) bool { return !strings.Contains(said, word) })
}

// statement is SQL that a line repeats. A column's name in it is no word of the
// service's about what is wrong.
var statement = regexp.MustCompile(`(?is)^\s*(?:select\b.*\bfrom|insert\s+into|update\b.*\bset|delete\s+from|with\b.*\bas)\b`)

// said is what a line of the log says: of a structured one its values. That
// each line has a field of some name says nothing about any of them.
func said(line string) string {
	from := strings.IndexByte(line, '{')
	if from < 0 {
		return line
	}
	var fields any
	if json.Unmarshal([]byte(line[from:]), &fields) != nil {
		return line
	}
	return line[:from] + values(fields)
}

func values(v any) string {
	switch v := v.(type) {
	case map[string]any:
		var parts []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, values(v[name]))
		}
		return strings.Join(parts, "\n")
	case []any:
		var parts []string
		for _, one := range v {
			parts = append(parts, values(one))
		}
		return strings.Join(parts, "\n")
	case string:
		if statement.MatchString(v) {
			return ""
		}
	}
	return fmt.Sprint(v)
}
