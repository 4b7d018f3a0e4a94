package verify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runproof/runproof/cmd/runproof/internal/conclude"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// trials are the plays in which the document's commands are executed: part of
// a full run.
func (p plan) trials() []scenarios.Scenario {
	if p.target.Running != nil || p.Control || len(p.Filter.Names) > 0 || p.Filter.Section != "" || p.Filter.Severity != "" {
		return nil
	}
	list := conclude.Commands(p.text)
	for i, s := range list {
		list[i], _ = p.adapted(s)
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

// untried are the commands that could not be run in a play that passed: they leave
// the run undecided.
func untried(played []judge.Result) error {
	var failed []string
	for _, r := range played {
		for _, a := range r.Answers {
			if a.Err != "" && r.Verdict == judge.Passed {
				failed = append(failed, fmt.Sprintf("%s: %s: %s", r.Scenario, a.Step.Command, a.Err))
			}
		}
	}
	if len(failed) > 0 {
		return fmt.Errorf("commands could not be run: %s", strings.Join(failed, "; "))
	}
	return nil
}
