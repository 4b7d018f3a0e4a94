package scenarios

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
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

// shown names the first of the texts that an execution does not print.
func shown(texts []string, x Execution) (missing string, all bool) {
	for _, text := range texts {
		if !strings.Contains(x.Stdout, text) {
			return text, false
		}
	}
	return "", true
}

// states is what a step states for a phase.
func (s Step) states(phase Phase) []string {
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
	return time.Duration(len(s.Diagnosis)*(3+len(s.Stages()))) * (s.askingTime() + DiagnosisPatience)
}

// askingTime bounds one execution of a step. For the proof of what it used a
// command runs again some ten times; where there is much data, that is made anew
// before a command and counted twice, which takes busy cores over 10 s.
func (s Scenario) askingTime() time.Duration {
	if s.Tried || s.Data == WorldLarge {
		return 6 * DiagnosisTimeout
	}
	return DiagnosisTimeout
}

// afterwardsIn is the world in which the last executions are made.
func (s Scenario) afterwardsIn() string {
	if s.Fault.IsZero() {
		return s.world()
	}
	return WorldHealed
}

// readsTwice reports whether the steps are executed twice before the first fault.
// Where each is tried at length, or in a state of the data, no claim is decided.
func (s Scenario) readsTwice() bool {
	return len(s.Diagnosis) > 0 && len(s.Stages()) > 0 && !s.Tried && s.Data == ""
}

// firstReading executes the steps where nothing is wrong, beside whatever else is
// waited for. What it returns waits for its end, and for what changes by itself to
// have changed before the second reading.
func (p *player) firstReading(ctx context.Context) (apart func()) {
	if !p.s.readsTwice() || p.mode != Verify {
		return func() {}
	}
	var reading sync.WaitGroup
	var ended time.Time
	p.spawn(&reading, func() {
		p.diagnose(ctx, PhaseSteady, 0, p.s.world())
		ended = time.Now()
	})
	return func() {
		reading.Wait()
		pause(ctx, DriftInterval-time.Since(ended))
	}
}

// world is the one in which nothing is broken.
func (s Scenario) world() string {
	if s.Data != "" {
		return s.Data
	}
	return WorldHealthy
}

// atOnce is how many diagnosis steps are executed side by side: one that waits
// for its bound must not hold up the others, nor the end of the phase. Where
// the data is what matters, each has it for itself.
func (s Scenario) atOnce() int {
	if s.Data != "" {
		return 1
	}
	return 4
}

// diagnose executes the diagnosis steps, each command once for all the claims
// that it belongs to.
func (p *player) diagnose(ctx context.Context, phase Phase, stage int, world string) {
	slots := make(chan struct{}, p.s.atOnce())
	var running sync.WaitGroup
	for _, indexes := range p.s.byCommand() {
		slots <- struct{}{}
		p.spawn(&running, func() {
			defer func() { <-slots }()
			p.diagnoseOne(ctx, phase, stage, world, indexes)
		})
	}
	running.Wait()
}

// diagnoseOne executes one command until it shows what its steps state, and
// records every execution for each of them.
func (p *player) diagnoseOne(ctx context.Context, phase Phase, stage int, world string, indexes []int) {
	end := time.Now().Add(DiagnosisPatience)
	for {
		list, err := p.execute(ctx, p.s.Diagnosis[indexes[0]], phase, world)
		all := true
		for _, i := range indexes {
			step := p.s.Diagnosis[i]
			own := slices.Clone(list)
			for k := range own {
				own[k].Claim = step.Claim
			}
			p.record(Event{Kind: EventAnswer, Phase: phase, Stage: stage, Index: i, Executions: own, Err: text(err)})
			all = all && settled(step.states(phase), own)
		}
		if all || err != nil || time.Now().After(end) || !pause(ctx, longestPoll) {
			return
		}
	}
}

// byCommand groups the indexes of the steps by their command.
func (s Scenario) byCommand() [][]int {
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

// execute executes a step once and adds what the player knows.
func (p *player) execute(ctx context.Context, step Step, phase Phase, world string) ([]Execution, error) {
	ctx, cancel := context.WithTimeout(ctx, p.s.askingTime())
	defer cancel()
	list, err := p.w.Ask(ctx, step)
	if err == nil && len(list) == 0 {
		err = errors.New("nothing was executed")
	}
	for i := range list {
		list[i].Phase, list[i].World = phase, world
	}
	return list, err
}

// settled reports that some role is shown all that is stated, or that waiting
// cannot help.
func settled(texts []string, list []Execution) bool {
	return slices.ContainsFunc(list, func(x Execution) bool {
		_, all := shown(texts, x)
		return all || x.Unsupported != ""
	})
}
