package scenarios

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Step is one command of the runbook, executed as printed.
type Step struct {
	// Claim is the claim that the command belongs to.
	Claim   string `json:"claim"`
	Command string `json:"command"`
	// Healthy and Faulty are what must be printed without the fault and under it.
	Healthy []string `json:"healthy,omitempty"`
	Faulty  []string `json:"faulty,omitempty"`
	// OfAnother says that the fault at hand is not the one that the command finds.
	OfAnother bool `json:"ofAnother,omitempty"`
}

// Sh is a diagnosis step: a command as the runbook prints it. It must read
// differently under the fault than without, and afterwards as before.
func Sh(claim, command string) Step { return Step{Claim: claim, Command: command} }

// Shows states a text that must be printed before the fault and after it.
func (s Step) Shows(text string) Step {
	s.Healthy = append(slices.Clip(s.Healthy), text)
	return s
}

// ShowsUnderFault states a text that must be printed under the fault.
func (s Step) ShowsUnderFault(text string) Step {
	s.Faulty = append(slices.Clip(s.Faulty), text)
	return s
}

// OfAnotherFault says that the command finds another fault than the one at
// hand: it is executed and recorded, and may read the same throughout.
func (s Step) OfAnotherFault() Step {
	s.OfAnother = true
	return s
}

// FirstMissing names the first of the texts that an execution does not print.
func FirstMissing(texts []string, x Execution) (missing string, all bool) {
	for _, text := range texts {
		if !strings.Contains(x.Stdout, text) {
			return text, false
		}
	}
	return "", true
}

// Stated is what a step states for a phase.
func (s Step) Stated(phase Phase) []string {
	if phase == PhaseDuring {
		return s.Faulty
	}
	return s.Healthy
}

func (s Scenario) validateSteps() []error {
	var errs []error
	for _, step := range s.Diagnosis {
		if step.Claim == "" || strings.TrimSpace(step.Command) == "" {
			errs = append(errs, fmt.Errorf("diagnosis step %q of claim %q: both are needed", step.Command, step.Claim))
		}
		if len(step.Faulty) > 0 && s.Fault.IsZero() {
			errs = append(errs, fmt.Errorf("diagnosis step %q shows something under a fault, but there is none", step.Command))
		}
	}
	return errs
}

// diagnosing bounds all executions of the diagnosis steps.
func (s Scenario) diagnosing() time.Duration {
	return time.Duration(len(s.Diagnosis)*(3+len(s.Stages()))) * (s.StepTimeout() + DiagnosisRetryTimeout)
}

// StepTimeout bounds one execution of a step. For the proof of what it used a
// command runs again some ten times; where there is much data, that is made anew
// before a command and counted twice, which takes busy cores over 10 s.
func (s Scenario) StepTimeout() time.Duration {
	if s.ProvesShims() || s.Data() == WorldLarge {
		return 6 * DiagnosisTimeout
	}
	return DiagnosisTimeout
}

// HealedWorld is the world in which the last executions are made.
func (s Scenario) HealedWorld() string {
	if s.Fault.IsZero() {
		return s.HealthyWorld()
	}
	return WorldHealed
}

// ReadsTwice reports whether the steps are executed twice before the first fault.
// Where commands are executed for their own sake, no claim is decided.
func (s Scenario) ReadsTwice() bool {
	return len(s.Diagnosis) > 0 && len(s.Stages()) > 0 && s.commands == nil
}

// HealthyWorld is the one in which nothing is broken.
func (s Scenario) HealthyWorld() string {
	return cmp.Or(s.Data(), WorldHealthy)
}

// StepsAtOnce is how many diagnosis steps are executed side by side: one that waits
// for its bound must not hold up the others, nor the end of the phase. Where
// the data is what matters, each has it for itself.
func (s Scenario) StepsAtOnce() int {
	if s.Data() != "" {
		return 1
	}
	return 4
}

// StepsByCommand groups the indexes of the steps by their command.
func (s Scenario) StepsByCommand() [][]int {
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
