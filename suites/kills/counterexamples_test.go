package kills_test

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// worldPrefix stands before a defect's name in the ledger.
const worldPrefix = "defect:"

// counterExamples are those on file after a run: what it decided of a defect and
// a scenario replaces what stood there of both.
func counterExamples(known ledger.CounterExamples, played []row) ledger.CounterExamples {
	next := ledger.CounterExamples{}
	for claim, list := range known {
		for _, c := range list {
			name := strings.TrimPrefix(c.World, worldPrefix)
			if breaks(name) != "" && !decidedAnew(played, name, c.Scenario) {
				next[claim] = append(next[claim], c)
			}
		}
	}
	for _, r := range played {
		for _, c := range r.Cells {
			if c.Verdict != string(judge.Failed) {
				continue
			}
			for _, by := range c.Broken {
				addCounterExample(next, r.Defect, c.Scenario, by)
			}
		}
	}
	for _, list := range next {
		slices.SortFunc(list, func(a, b ledger.CounterExample) int {
			return cmp.Or(strings.Compare(a.Scenario, b.Scenario), strings.Compare(string(a.Phase), string(b.Phase)),
				cmp.Compare(a.Stage, b.Stage), strings.Compare(a.Expectation, b.Expectation))
		})
	}
	return next
}

// addCounterExample keeps one defect for each expectation, that of the claim before others.
func addCounterExample(next ledger.CounterExamples, d defect, scenario string, by brokenBy) {
	key := judge.OutcomeKey{Scenario: scenario, Phase: by.Phase, Stage: by.Stage, Expectation: by.Expectation}
	one := ledger.CounterExample{World: worldPrefix + d.Name, OutcomeKey: key}
	list := next[by.Claim]
	switch i := slices.IndexFunc(list, func(c ledger.CounterExample) bool { return c.OutcomeKey == key }); {
	case i < 0:
		next[by.Claim] = append(list, one)
	case d.Breaks == by.Claim && breaks(strings.TrimPrefix(list[i].World, worldPrefix)) != by.Claim:
		list[i] = one
	}
}

// breaks is what a defect breaks; empty: the service has no such defect.
func breaks(name string) string {
	if i := slices.IndexFunc(defects, func(d defect) bool { return d.Name == name }); i >= 0 {
		return defects[i].Breaks
	}
	return ""
}
