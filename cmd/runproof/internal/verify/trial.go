package verify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runproof/runproof/fixtures/operator"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/document"
	"github.com/runproof/runproof/scenarios/runbook/trial"
)

// trials are the plays in which the document's commands are executed: part of
// a full run.
func (p plan) trials() []scenarios.Scenario {
	if p.Control || len(p.Filter.Names) > 0 || p.Filter.Section != "" || p.Filter.Severity != "" {
		return nil
	}
	var list []scenarios.Scenario
	for _, c := range trial.Plays(document.Parse(p.text), operator.Writes) {
		list = append(list, c.Script())
	}
	return list
}

// among puts the plays between the scenarios: the first, with the longest
// waits, before them all; the second, which works rather than waits, in their
// middle, or it would be waited for alone; the rest, which fill gaps, behind.
func among(chosen, plays []scenarios.Scenario) []scenarios.Scenario {
	first, second, half := min(1, len(plays)), min(2, len(plays)), len(chosen)/2
	return slices.Concat(plays[:first], chosen[:half], plays[first:second], chosen[half:], plays[second:])
}

// split parts the results of the scenarios from those of the plays.
func split(results []judge.Result, plays []scenarios.Scenario) (chosen, played []judge.Result) {
	for _, r := range results {
		if slices.ContainsFunc(plays, func(s scenarios.Scenario) bool { return s.ID == r.Scenario }) {
			played = append(played, r)
		} else {
			chosen = append(chosen, r)
		}
	}
	return chosen, played
}

// tried adds to a result what became of the document's commands, and the plays
// that did not pass: they have faults, a load and invariants like any scenario. A
// command that could not be tried leaves the run undecided.
func (p plan) tried(result *ledger.RunResult, played []judge.Result) error {
	if len(played) == 0 {
		return nil
	}
	result.Trials = runbook.Trials(runbook.Bind(p.text), played)
	var failed []string
	for _, r := range played {
		if r.Verdict != judge.Passed {
			result.Results = append(result.Results, r)
			continue
		}
		for _, a := range r.Answers {
			if a.Err != "" {
				failed = append(failed, fmt.Sprintf("%s: %s: %s", r.Scenario, a.Step.Command, a.Err))
			}
		}
	}
	if len(failed) > 0 {
		return fmt.Errorf("commands could not be run: %s", strings.Join(failed, "; "))
	}
	return nil
}
