package compare

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// Scenario is a scenario side by side.
type Scenario struct {
	ID       string             `json:"id"`
	Title    string             `json:"title"`
	Section  string             `json:"section"`
	Severity scenarios.Severity `json:"severity"`
	// Baseline and Candidate are nil where the run has not played it.
	Baseline  *Played `json:"baseline,omitempty"`
	Candidate *Played `json:"candidate,omitempty"`
	// Times are those to detect and to recover, and of a request during the fault.
	Times []Time `json:"times,omitempty"`
}

// Played is what became of a scenario in one run.
type Played struct {
	Verdict  judge.Verdict `json:"verdict"`
	Reason   string        `json:"reason,omitempty"`
	Definite bool          `json:"definite,omitempty"`
	// Repetitions is how often it was played, Flaky that it came out differently.
	Repetitions int  `json:"repetitions"`
	Flaky       bool `json:"flaky,omitempty"`
	Retried     bool `json:"retried,omitempty"`
}

func resultOf(r ledger.RunResult, scenario string) *judge.Result {
	i := slices.IndexFunc(r.Results, func(res judge.Result) bool { return res.Scenario == scenario })
	if i < 0 {
		return nil
	}
	return &r.Results[i]
}

func playedOf(r ledger.RunResult, res *judge.Result) *Played {
	if res == nil {
		return nil
	}
	list := r.Played(res.Scenario)
	p := &Played{Verdict: res.Verdict, Reason: res.Reason, Repetitions: len(list), Definite: res.Definite()}
	for _, one := range list {
		p.Flaky = p.Flaky || one.Verdict != list[0].Verdict
		p.Retried = p.Retried || one.Retried
		p.Definite = p.Definite || one.Definite
	}
	return p
}

// scenarios are all that either run has played, in the candidate's order.
func (p pair) scenarios() []Scenario {
	var list []Scenario
	add := func(res judge.Result) {
		a, b := resultOf(p.baseline, res.Scenario), resultOf(p.candidate, res.Scenario)
		list = append(list, Scenario{
			ID: res.Scenario, Title: res.Title, Section: res.Section, Severity: res.Severity,
			Baseline: playedOf(p.baseline, a), Candidate: playedOf(p.candidate, b),
		})
	}
	for _, res := range p.candidate.Results {
		add(res)
	}
	for _, res := range p.baseline.Results {
		if resultOf(p.candidate, res.Scenario) == nil {
			add(res)
		}
	}
	p.time(list)
	return list
}

// verdicts are the scenarios that came out otherwise.
func (p pair) verdicts(list []Scenario) []Change {
	var changes []Change
	for _, s := range list {
		if c, changed := verdictChange(s); changed {
			c.Kind, c.Scenario = OfScenario, s.ID
			changes = append(changes, c)
		}
	}
	return changes
}

func verdictChange(s Scenario) (c Change, changed bool) {
	a, b := s.Baseline, s.Candidate
	switch {
	case b == nil:
		return Change{Weight: Undecided, Was: named(a.Verdict), Is: "not played", Why: "the candidate has not played it"}, true
	case a == nil && b.Verdict == judge.Passed:
		return Change{Weight: Neutral, Was: "not played", Is: named(b.Verdict)}, true
	case a == nil:
		return Change{Weight: Undecided, Was: "not played", Is: named(b.Verdict), Why: "the baseline has not played it: " + b.Reason}, true
	}
	c = Change{Was: named(a.Verdict), Is: named(b.Verdict), Why: b.Reason, Definite: b.Definite}
	decided := func(v judge.Verdict) bool { return v == judge.Passed || v == judge.Failed }
	switch {
	case b.Verdict == judge.Passed && a.Verdict == judge.Failed && !a.Flaky:
		c.Weight, c.Why = Improvement, a.Reason
	case b.Verdict == judge.Passed:
		return c, false
	case b.Verdict == judge.Failed && a.Verdict == judge.Failed && !b.Flaky:
		return c, false // what fails in it now and has not then is a finding of its own
	case b.Verdict == judge.Failed && a.Verdict == judge.Passed && (b.Definite || !b.Flaky):
		c.Weight = Regression
	case b.Verdict == judge.Unsupported && a.Verdict == judge.Unsupported:
		return c, false
	case b.Flaky:
		c.Weight, c.Why = Undecided, fmt.Sprintf("flaky: not the same verdict in each of %d repetitions; worst: %s", b.Repetitions, b.Reason)
	case !decided(a.Verdict):
		c.Weight, c.Why = Undecided, fmt.Sprintf("the baseline is %s: %s; the candidate: %s", named(a.Verdict), a.Reason, cmp.Or(b.Reason, "no reason given"))
	default:
		c.Weight = Undecided
	}
	return c, true
}

func named(v judge.Verdict) string { return cmp.Or(string(v), "Unknown") }
