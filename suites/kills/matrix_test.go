package kills_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/symptoms"
)

const (
	// updateVariable, set to anything, writes what was played into the files.
	updateVariable = "RUNPROOF_UPDATE"
	// recordFile is what was caught by which scenario, for programs; matrixFile
	// the same for people, who find it in every bundle.
	recordFile = "kills.json"
	matrixFile = "../../scenarios/runbook/KILLS.md"
	// counterExampleFile is what the ledger takes its counter-examples from.
	counterExampleFile = "../../scenarios/runbook/kills.json"
)

// record is the matrix on file, by defect.
type record map[string]row

// onRecord is read while Ginkgo builds its tree.
var onRecord = read()

func read() record {
	text, err := os.ReadFile(recordFile)
	if err != nil {
		return record{}
	}
	var r record
	if json.Unmarshal(text, &r) != nil {
		return record{}
	}
	return r
}

// killer is the scenario on record that always caught a defect, with the
// shortest waits; empty: none did.
func (r record) killer(name string) string {
	always := r[name]
	always.Cells = slices.DeleteFunc(slices.Clone(always.Cells), func(c cell) bool { return c.Wavers })
	by := always.caughtBy()
	list := slices.DeleteFunc(symptoms.All(), func(s scenarios.Scenario) bool { return !slices.Contains(by, s.ID) })
	if len(list) == 0 {
		return ""
	}
	return slices.MinFunc(list, func(a, b scenarios.Scenario) int {
		return cmp.Compare(a.Bound(), b.Bound())
	}).ID
}

// merge puts what was played over what was on record; a scenario that was not
// played now, or decided nothing, keeps its cell, if that decided anything.
func (r record) merge(played []row) record {
	merged := record{}
	for _, d := range defects {
		merged[d.Name] = row{Defect: d, Cells: r[d.Name].Cells}
	}
	for _, now := range played {
		before := merged[now.Defect.Name].Cells
		cells := slices.DeleteFunc(slices.Clone(now.Cells), func(c cell) bool { return !c.decided() && row{Cells: before}.knows(c.Scenario) })
		for i := range cells {
			cells[i].Wavers = cells[i].wavers(before)
		}
		for _, old := range before {
			if old.decided() && !slices.ContainsFunc(cells, func(c cell) bool { return c.Scenario == old.Scenario }) {
				cells = append(cells, old)
			}
		}
		for i := range cells {
			cells[i].Reason, cells[i].Again = "", false // differ from run to run
		}
		slices.SortFunc(cells, func(a, b cell) int { return strings.Compare(a.Scenario, b.Scenario) })
		merged[now.Defect.Name] = row{Defect: now.Defect, Cells: cells}
	}
	return merged
}

// decided reports whether a cell says something of the defect.
func (c cell) decided() bool {
	return c.Verdict == string(judge.Passed) || c.Verdict == string(judge.Failed)
}

// wavers reports whether the scenario once came to another verdict.
func (c cell) wavers(before []cell) bool {
	return slices.ContainsFunc(before, func(old cell) bool {
		return old.Scenario == c.Scenario && (old.Wavers || old.decided() && c.decided() && old.Verdict != c.Verdict)
	})
}

// counterExamples are the claims and scenarios that a defect turned red.
type counterExamples struct {
	Claims    ledger.CounterExamples `json:"claims"`
	Scenarios map[string]string      `json:"scenarios"`
}

func (r record) counterExamples() counterExamples {
	found := counterExamples{Claims: ledger.CounterExamples{}, Scenarios: map[string]string{}}
	for _, d := range defects {
		for _, c := range r[d.Name].Cells {
			if c.Verdict != string(judge.Failed) {
				continue
			}
			if found.Scenarios[c.Scenario] == "" {
				found.Scenarios[c.Scenario] = d.Name
			}
			for _, by := range c.Broken {
				found.add(d, c.Scenario, by)
			}
		}
	}
	for _, list := range found.Claims {
		slices.SortFunc(list, func(a, b ledger.CounterExample) int {
			return cmp.Or(strings.Compare(a.Scenario, b.Scenario), strings.Compare(string(a.Phase), string(b.Phase)),
				cmp.Compare(a.Stage, b.Stage), strings.Compare(a.Expectation, b.Expectation))
		})
	}
	return found
}

// add keeps one defect for each expectation, that of the claim before others.
func (found counterExamples) add(d defect, scenario string, by brokenBy) {
	key := judge.OutcomeKey{Scenario: scenario, Phase: by.Phase, Stage: by.Stage, Expectation: by.Expectation}
	one := ledger.CounterExample{World: "defect:" + d.Name, OutcomeKey: key}
	list := found.Claims[by.Claim]
	switch i := slices.IndexFunc(list, func(c ledger.CounterExample) bool { return c.OutcomeKey == key }); {
	case i < 0:
		found.Claims[by.Claim] = append(list, one)
	case d.Breaks == by.Claim:
		list[i] = one
	}
}

// markdown is the matrix for people.
func (r record) markdown() string {
	var b strings.Builder
	caught := 0
	for _, d := range defects {
		line := r[d.Name]
		by := line.caughtBy()
		if len(by) > 0 {
			caught++
		}
		var others, advice []string
		for _, c := range line.Cells {
			switch {
			case slices.Contains(by, c.Scenario):
			case c.Verdict == string(judge.Failed):
				others = append(others, c.Scenario)
			case c.Advice:
				advice = append(advice, c.Scenario)
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", d.Name, d.Family, d.Breaks,
			strings.Join(by, " "), strings.Join(others, " "), strings.Join(advice, " "))
	}
	return fmt.Sprintf("# The kill matrix\n\nGenerated by `make defects %s=yes`. %d of %d defects of the reference service are caught by a scenario of the\n"+
		"claim that they break. Others fail on another claim; advice notices under `--strict` alone.\n\n"+
		"| defect | family | breaks | caught by | fails as well | advice |\n|---|---|---|---|---|---|\n%s", updateVariable, caught, len(defects), b.String())
}

// The kill matrix, as far as it was played.
var _ = ReportAfterSuite("kill matrix", func(report Report) {
	var played []row
	for _, spec := range report.SpecReports.WithState(types.SpecStatePassed | types.SpecStateFailed | types.SpecStateTimedout) {
		for _, e := range spec.ReportEntries {
			if e.Name == entry {
				played = append(played, valueOf[row](e))
			}
		}
	}
	if len(played) == 0 {
		return
	}
	slices.SortFunc(played, func(a, b row) int {
		return cmp.Or(strings.Compare(a.Defect.Family, b.Defect.Family), strings.Compare(a.Defect.Name, b.Defect.Name))
	})
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\nDEFECT\tFAMILY\tBREAKS\tPLAYED\tCAUGHT BY")
	caught, again := 0, 0
	for _, r := range played {
		for _, c := range r.Cells {
			if c.Again {
				again++
			}
		}
		by := r.caughtBy()
		if len(by) > 0 {
			caught++
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\n", r.Defect.Name, r.Defect.Family, r.Defect.Breaks, len(r.Cells), cmp.Or(strings.Join(by, " "), "NOBODY"))
	}
	_ = table.Flush()
	for _, r := range played {
		if len(r.caughtBy()) == 0 {
			fmt.Printf("%s was caught by nobody:\n%s", r.Defect.Name, r)
		}
	}
	fmt.Printf("%d of %d defects caught; the machine had no time at first for %d scenarios, which were played again\n", caught, len(played), again)
	if os.Getenv(updateVariable) == "" {
		return
	}
	merged := onRecord.merge(played)
	write(recordFile, merged)
	write(counterExampleFile, merged.counterExamples())
	Expect(os.WriteFile(matrixFile, []byte(merged.markdown()), 0o644)).To(Succeed())
})

func write(path string, value any) {
	GinkgoHelper()
	text, err := json.MarshalIndent(value, "", " ")
	Expect(err).NotTo(HaveOccurred())
	Expect(os.WriteFile(path, append(text, '\n'), 0o644)).To(Succeed())
}

// valueOf reads what a spec reported: a value in the process that made it, JSON
// in the one that reports for all.
func valueOf[T any](e types.ReportEntry) T {
	GinkgoHelper()
	if v, ok := e.GetRawValue().(T); ok {
		return v
	}
	var v T
	Expect(json.Unmarshal([]byte(e.Value.AsJSON), &v)).To(Succeed(), e.Name)
	return v
}
