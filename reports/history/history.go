// Package history says how verdicts and times of scenarios went over many runs: a
// pure function of their results.
package history

import (
	"cmp"
	"slices"
	"time"

	"github.com/runproof/runproof/reports/compare"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// History is what came of the scenarios in runs of one mode, in the order of time.
type History struct {
	Runs      []Run      `json:"runs"`
	Scenarios []Scenario `json:"scenarios"`
	// Latencies are the trends of the load's requests before any fault, by route.
	Latencies []Trend `json:"latencies"`
}

// Run is one of them.
type Run struct {
	ID     string    `json:"id"`
	Began  time.Time `json:"began"`
	Target string    `json:"target"`
	Exit   int       `json:"exit"`
	Passed int       `json:"passed"`
	Failed int       `json:"failed"`
	// Undecided are the others.
	Undecided int `json:"undecided"`
}

// Scenario is what became of one.
type Scenario struct {
	ID string `json:"id"`
	// Verdicts are those of the runs, in their order; empty where it was not played.
	Verdicts []judge.Verdict `json:"verdicts"`
	// Played is in how many runs, Flaky in how many of those nothing but chance
	// explains its verdict: repetitions differ, it needed a second attempt, or another
	// run of the same build came out differently.
	Played int     `json:"played"`
	Flaky  int     `json:"flaky"`
	Trends []Trend `json:"trends"`
}

// FlakeRate is the share of the runs in which it was flaky, from 0 to 100.
func (s Scenario) FlakeRate() float64 {
	if s.Played == 0 {
		return 0
	}
	return 100 * float64(s.Flaky) / float64(s.Played)
}

// Trend is one time over the runs.
type Trend struct {
	Name string `json:"name"`
	// Points are its medians in each run, nil where there is none.
	Points []*time.Duration `json:"points"`
	// Step is the build since which it is slower or faster; nil: it is neither.
	Step *Step `json:"step,omitempty"`
}

// Step is a change of a time from one build to another.
type Step struct {
	Movement compare.Movement `json:"movement"`
	// Run is the first with it, Target its build.
	Run    string        `json:"run"`
	Target string        `json:"target"`
	Was    time.Duration `json:"was"`
	Is     time.Duration `json:"is"`
	Band   time.Duration `json:"band"`
}

// Of makes the history of runs. Those that tell nothing of the service are left out:
// runs without any fault, and runs in which nothing was played.
func Of(results []ledger.RunResult) History {
	results = slices.DeleteFunc(slices.Clone(results), func(r ledger.RunResult) bool { return r.Mode == scenarios.Control || len(r.Results) == 0 })
	slices.SortStableFunc(results, func(a, b ledger.RunResult) int {
		return cmp.Or(a.Began.Compare(b.Began), cmp.Compare(a.ID, b.ID))
	})
	h := History{Runs: []Run{}, Scenarios: []Scenario{}, Latencies: []Trend{}}
	var ids []string
	for _, r := range results {
		h.Runs = append(h.Runs, runOf(r))
		for _, res := range r.Results {
			if !slices.Contains(ids, res.Scenario) {
				ids = append(ids, res.Scenario)
			}
		}
	}
	for _, id := range ids {
		h.Scenarios = append(h.Scenarios, scenarioOf(id, results, h.Runs))
	}
	h.Latencies = latencies(results, h.Runs)
	return h
}

func runOf(r ledger.RunResult) Run {
	run := Run{ID: r.ID, Began: r.Began, Exit: r.Exit, Target: targetOf(r)}
	for _, v := range r.Verdicts() {
		switch v {
		case judge.Passed:
			run.Passed++
		case judge.Failed:
			run.Failed++
		default:
			run.Undecided++
		}
	}
	return run
}

// targetOf names a build: by its version, and by its digest where it has one.
func targetOf(r ledger.RunResult) string {
	t := r.Provenance.Target
	return cmp.Or(t.Version, "no version") + " " + t.Digest
}

func scenarioOf(id string, results []ledger.RunResult, runs []Run) Scenario {
	s := Scenario{ID: id, Verdicts: make([]judge.Verdict, len(results)), Trends: []Trend{}}
	byTarget := map[string][]judge.Verdict{}
	for i, r := range results {
		for _, res := range r.Results {
			if res.Scenario == id {
				s.Verdicts[i] = res.Verdict
				s.Played++
				byTarget[runs[i].Target] = append(byTarget[runs[i].Target], res.Verdict)
			}
		}
	}
	for i, r := range results {
		if s.Verdicts[i] != "" && flaky(r.Played(id), byTarget[runs[i].Target]) {
			s.Flaky++
		}
	}
	for _, name := range compare.TimeNames() {
		t := Trend{Name: name, Points: make([]*time.Duration, len(results))}
		for i, r := range results {
			t.Points[i] = compare.MedianTime(r, id, name)
		}
		if t.find(runs, timeBand); slices.ContainsFunc(t.Points, func(p *time.Duration) bool { return p != nil }) {
			s.Trends = append(s.Trends, t)
		}
	}
	return s
}

// flaky reports whether the verdict of a run is one of chance: it differs between
// repetitions, or from the most frequent one of the same build, or came by a retry.
func flaky(played []ledger.Repetition, sameBuild []judge.Verdict) bool {
	for _, one := range played {
		if one.Retried || one.Verdict != played[0].Verdict {
			return true
		}
	}
	count := map[judge.Verdict]int{}
	for _, v := range sameBuild {
		count[v]++
	}
	for _, v := range sameBuild {
		if len(played) > 0 && count[v] > count[played[0].Verdict] {
			return true
		}
	}
	// As many of one verdict as of another: nobody knows which is the build's.
	return len(played) > 0 && 2*count[played[0].Verdict] == len(sameBuild) && len(count) == 2
}
