// Package conclude makes the result of a whole run of what its playings came to:
// at the end of a run, and again from its bundle.
package conclude

import (
	"fmt"
	"slices"

	"github.com/runproof/runproof/fixtures/operator"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/trial"
)

// Played is what the playings of a run came to.
type Played struct {
	// Repetitions are the results of each repetition, in the order of the runbook.
	Repetitions [][]judge.Result
	// Commands are those of the plays of the document's commands.
	Commands []judge.Result
	// Trials are what follows from Commands; nil: it is concluded.
	Trials   []ledger.Trial
	Remedies []judge.RemedyTrial
}

// Commands are the plays in which a document's commands are executed.
func Commands(text []byte) []scenarios.Scenario {
	var list []scenarios.Scenario
	for _, c := range trial.Plays(document.Parse(text), operator.Writes) {
		list = append(list, c.Script())
	}
	return list
}

// Run is the result of a run of a set's scenarios. What of it does not follow from the
// playings, as its provenance, is that of about.
func Run(set runbook.Set, about ledger.RunResult, p Played) ledger.RunResult {
	r, bound := about, set.Bind([]byte(about.Provenance.Runbook.Text))
	r.Results, r.Unstable = worst(p.Repetitions)
	r.Repetitions = p.Each()
	r.Trials, r.Remedies = p.Trials, p.Remedies
	if p.Trials == nil && len(p.Commands) > 0 {
		r.Trials = runbook.Trials(bound, p.Commands)
	}
	// The plays have faults, a load and invariants like any scenario.
	for _, c := range p.Commands {
		if c.Verdict != judge.Passed {
			r.Results = append(r.Results, c)
		}
	}
	r.Ledger, r.Findings = set.Ledger(bound, r)
	r.Exit = r.ExitCode()
	return r
}

// Each is every playing of the scenarios, where they were played several times.
func (p Played) Each() (list []ledger.Repetition) {
	if len(p.Repetitions) < 2 {
		return nil
	}
	for n, results := range p.Repetitions {
		for _, r := range results {
			list = append(list, ledger.RepetitionOf(r, n))
		}
	}
	return list
}

// worst keeps of each scenario the worst repetition, and of equals the first with
// definite evidence, or the first: what Failed once is never outdone. It tells which
// came out differently.
func worst(repetitions [][]judge.Result) (kept []judge.Result, unstable []string) {
	for n, results := range repetitions {
		if n == 0 {
			kept = slices.Clone(results)
			continue
		}
		for _, r := range results {
			i := slices.IndexFunc(kept, func(k judge.Result) bool { return k.Scenario == r.Scenario })
			if i < 0 {
				continue
			}
			if r.Verdict != kept[i].Verdict {
				unstable = append(unstable, fmt.Sprintf("%s: %s before, %s in run %d: %s", r.Scenario, kept[i].Verdict, r.Verdict, n+1, r.Reason))
			}
			if r.Verdict.Worse(kept[i].Verdict) || r.Verdict == kept[i].Verdict && r.Definite() && !kept[i].Definite() {
				kept[i] = r
			}
		}
	}
	return kept, unstable
}
