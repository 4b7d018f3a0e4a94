package hazards

import (
	"slices"
	"strconv"
	"strings"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// Sightings say of each symptom's log words and statuses under which faults
// they were seen, as far as a check looked.
func Sightings(r *binding.Report, results []scenarios.Result) []Sighting {
	headings := map[string]string{} // of the claims' sections in this document
	var signals []facts.Fact
	for i, s := range r.Document.Statements {
		for _, b := range r.Of(i) {
			headings[b.Claim.Section] = s.Section()
			for _, f := range facts.Of(s.Text) {
				if s.Kind == document.Symptom && (f.Type == facts.Status || f.Type == facts.Name && f.Quoted) {
					signals = append(signals, f)
				}
			}
		}
	}
	var list []Sighting
	for _, res := range results {
		section := headings[res.Section]
		if section == "" || len(res.Faults) == 0 || res.Mode == scenarios.Control || res.Verdict != scenarios.Passed && res.Verdict != scenarios.Failed {
			continue
		}
		for _, f := range signals {
			seen, looked := sighted(f, res.Outcomes)
			if looked {
				list = append(list, Sighting{Signal: f.Raw, Fault: strings.Join(res.Faults, ", then "), Section: section, Seen: seen})
			}
		}
	}
	return list
}

// sighted tells whether a signal was seen under the fault, and whether anybody
// looked for it.
func sighted(f facts.Fact, outcomes []scenarios.Outcome) (seen, looked bool) {
	for _, o := range outcomes {
		if o.Phase != scenarios.PhaseDuring || o.Looks == 0 {
			continue
		}
		switch f.Type {
		case facts.Status:
			seen = seen || strconv.Itoa(o.Last.Status) == f.Value
			looked = looked || seen || !o.Held && strings.Contains(o.Expectation, "answers "+f.Value)
		case facts.Name:
			seen = seen || slices.ContainsFunc(o.Last.Lines, func(line string) bool { return strings.Contains(line, f.Value) })
			looked = looked || seen || strings.Contains(o.Expectation, strconv.Quote(f.Value))
		}
	}
	return seen, looked
}
