package scenarios

import (
	"fmt"
	"slices"
	"strings"
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

// FirstMissing names the first of the texts that it does not print.
func (x Execution) FirstMissing(texts []string) (missing string, all bool) {
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
