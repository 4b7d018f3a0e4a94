package play

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios"
)

// stepTimeout bounds one execution of a step. For the proof of what it used a
// command runs again some ten times; where there is much data, that is made anew
// before a command and counted twice, which takes busy cores over 10 s.
func stepTimeout(s scenarios.Scenario) time.Duration {
	if s.ProvesShims() || s.Data() == scenarios.WorldLarge {
		return 6 * diagnosisTimeout
	}
	return diagnosisTimeout
}

// diagnosing bounds all executions of the diagnosis steps.
func diagnosing(s scenarios.Scenario) time.Duration {
	return time.Duration(len(s.Diagnosis)*(3+len(s.Stages()))) * (stepTimeout(s) + diagnosisRetryTimeout)
}

// readsTwice reports whether the steps are executed twice before the first fault.
// Where commands are executed for their own sake, no claim is decided.
func readsTwice(s scenarios.Scenario) bool {
	return len(s.Diagnosis) > 0 && len(s.Stages()) > 0 && s.Data() == "" && !s.ProvesShims()
}

// healthyWorld is the one in which nothing is broken.
func healthyWorld(s scenarios.Scenario) string {
	return cmp.Or(s.Data(), scenarios.WorldHealthy)
}

// healedWorld is the world in which the last executions are made.
func healedWorld(s scenarios.Scenario) string {
	if s.Fault.IsZero() {
		return healthyWorld(s)
	}
	return scenarios.WorldHealed
}

// stepsAtOnce is how many diagnosis steps are executed side by side: one that waits
// for its bound must not hold up the others, nor the end of the phase. Where
// the data is what matters, each has it for itself, and a rollout the pods.
func stepsAtOnce(s scenarios.Scenario) int {
	ofPods := func(step scenarios.Step) bool { return strings.Contains(step.Command, "kubectl") }
	if s.Data() != "" || slices.ContainsFunc(s.Diagnosis, ofPods) {
		return 1
	}
	return 4
}

// stepsByCommand groups the indexes of the steps by their command.
func stepsByCommand(s scenarios.Scenario) [][]int {
	var groups [][]int
	at := map[string]int{}
	for i, step := range s.Diagnosis {
		g, known := at[step.Command]
		if !known {
			g = len(groups)
			at[step.Command] = g
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], i)
	}
	return groups
}
