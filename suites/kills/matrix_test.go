package kills_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"

	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/symptoms"
)

const (
	// updateVariable, set to anything, writes what was played into the files.
	updateVariable = "RUNPROOF_UPDATE"
	// recordVariable names the file of the whole matrix, every cell of it; where
	// it is not set, that is runproof/kills.json in the user's cache directory.
	recordVariable = "RUNPROOF_KILLS"
	// counterExampleFile is what the ledger takes its counter-examples from.
	counterExampleFile = "../../scenarios/runbook/counterexamples.json"
)

// record is the matrix with every cell, by defect. It is no part of the code:
// who has none plays all of FULL=rest, and everything else as well.
type record map[string]row

// onRecord panics where there is a record that cannot be read: writing it anew
// would lose what took hours.
var onRecord = sync.OnceValue(func() record {
	path, err := recordFile()
	if err != nil {
		return record{}
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return record{}
	}
	var r record
	if err = cmp.Or(err, json.Unmarshal(text, &r)); err != nil {
		panic(fmt.Sprintf("kill matrix: %s: %v", path, err))
	}
	return r
})

func recordFile() (string, error) {
	if path := os.Getenv(recordVariable); path != "" {
		return path, nil
	}
	cache, err := os.UserCacheDir()
	return filepath.Join(cache, "runproof", "kills.json"), err
}

// merge puts what was played over what was on record; a scenario that was not
// played now, or decided nothing, keeps its cell, if that decided anything.
func (r record) merge(played []row) record {
	merged := record{}
	for _, d := range defects {
		merged[d.Name] = row{Defect: d, Cells: slices.DeleteFunc(slices.Clone(r[d.Name].Cells), func(c cell) bool { return !ids()[c.Scenario] })}
	}
	for _, now := range played {
		before := merged[now.Defect.Name].Cells
		cells := slices.DeleteFunc(slices.Clone(now.Cells), func(c cell) bool { return !c.decided() && row{Cells: before}.knows(c.Scenario) })
		for i := range cells {
			cells[i].Flaky = cells[i].flaky(before)
		}
		for _, old := range before {
			if old.decided() && !slices.ContainsFunc(cells, func(c cell) bool { return c.Scenario == old.Scenario }) {
				cells = append(cells, old)
			}
		}
		for i := range cells {
			cells[i].Reason, cells[i].Retried = "", false // differ from run to run
		}
		slices.SortFunc(cells, func(a, b cell) int { return strings.Compare(a.Scenario, b.Scenario) })
		merged[now.Defect.Name] = row{Defect: now.Defect, Cells: cells}
	}
	return merged
}

// ids are those of the scenarios.
var ids = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, s := range symptoms.All() {
		set[s.ID] = true
	}
	return set
})

// decided reports whether a cell says something of the defect.
func (c cell) decided() bool {
	return c.Verdict == string(judge.Passed) || c.Verdict == string(judge.Failed)
}

// flaky reports whether the scenario once came to another verdict.
func (c cell) flaky(before []cell) bool {
	return slices.ContainsFunc(before, func(old cell) bool {
		return old.Scenario == c.Scenario && (old.Flaky || old.decided() && c.decided() && old.Verdict != c.Verdict)
	})
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
			if c.Retried {
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
	merged := onRecord().merge(played)
	path, err := recordFile()
	Expect(err).NotTo(HaveOccurred())
	Expect(os.MkdirAll(filepath.Dir(path), 0o755)).To(Succeed())
	write(path, merged)
	write(counterExampleFile, counterExamples(runbook.CounterExamples(), played))
	Expect(os.WriteFile(summaryFile, []byte(onFile.with(merged, played).String()), 0o644)).To(Succeed())
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
