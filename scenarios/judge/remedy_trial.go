package judge

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/runproof/runproof/scenarios"
)

// RemedyTolerance is how much later than by doing nothing a service may
// recover before its remedy is called harmful, and how much sooner before it
// counts: a graceful restart takes some time of its own.
const RemedyTolerance = 3 * time.Second

// RemedyTrial is a remedy with what its four arms showed.
type RemedyTrial struct {
	Scenario string `json:"scenario"`
	Remedy   string `json:"remedy"`
	Claim    string `json:"claim"`

	// Decided says that each of the four arms told something.
	Decided bool `json:"decided"`
	// Heals: the service recovers although the fault stays, and would not by itself.
	Heals bool `json:"heals,omitempty"`
	// Hastens: once the fault is lifted, the service recovers sooner.
	Hastens bool `json:"hastens,omitempty"`
	// Harmful: in some arm the service is worse off than with nothing done.
	Harmful bool `json:"harmful,omitempty"`
	// Why is the comparison that decided, in words.
	Why string `json:"why"`

	Arms []ArmResult `json:"arms"`
}

// Effect is what the remedy does, in a word or two: heals, hastens, idle,
// harmful, undecided.
func (t RemedyTrial) Effect() string {
	if !t.Decided {
		return "undecided"
	}
	var words []string
	for _, w := range []struct {
		is   bool
		word string
	}{{t.Heals, "heals"}, {t.Hastens && !t.Heals, "hastens"}, {t.Harmful, "harmful"}} {
		if w.is {
			words = append(words, w.word)
		}
	}
	if len(words) == 0 {
		return "idle"
	}
	return strings.Join(words, ", ")
}

// Failed reports whether some arm has definite evidence against the service.
func (t RemedyTrial) Failed() bool {
	return slices.ContainsFunc(t.Arms, func(a ArmResult) bool { return a.Verdict == Failed })
}

// WeighTrials compares the arms of each remedy with those of nothing. The results
// are in the order of the scenario's arms.
func WeighTrials(s scenarios.Scenario, results []ArmResult) []RemedyTrial {
	var trials []RemedyTrial
	for i, r := range s.Remedy {
		trials = append(trials, weighTrial(s.ID, r, results[0], results[1], results[2+2*i], results[3+2*i]))
	}
	return trials
}

func weighTrial(scenario string, r scenarios.Remedy, staysNothing, liftedNothing, staysDone, liftedDone ArmResult) RemedyTrial {
	t := RemedyTrial{
		Scenario: scenario, Remedy: r.String(), Claim: r.Claim, Decided: true,
		Arms: []ArmResult{staysNothing, staysDone, liftedNothing, liftedDone},
	}
	for _, a := range t.Arms {
		if a.Verdict != Passed {
			t.Decided, t.Why = false, fmt.Sprintf("%s: %s: %s", a.Arm, a.Verdict, a.Reason)
			return t
		}
	}
	if staysDone.FullyRecovered && !staysNothing.FullyRecovered {
		t.Heals = true
		t.Why = fmt.Sprintf("with the fault in force the service recovers %s after it, and not by itself", staysDone.After.Round(time.Millisecond))
	}
	for _, pair := range [][2]ArmResult{{staysNothing, staysDone}, {liftedNothing, liftedDone}} {
		nothing, done := pair[0], pair[1]
		switch {
		case nothing.FullyRecovered && !done.FullyRecovered:
			t.Harmful, t.Why = true, fmt.Sprintf("%s: does not recover (%s); with nothing done it does", done.Arm, done.Unmet)
		case nothing.FullyRecovered && done.After > nothing.After+RemedyTolerance:
			t.Harmful, t.Why = true, fmt.Sprintf("%s: recovers after %s, with nothing done after %s", done.Arm,
				done.After.Round(time.Millisecond), nothing.After.Round(time.Millisecond))
		case done.Lost != "" && nothing.Lost == "":
			t.Harmful, t.Why = true, fmt.Sprintf("%s: %s; with nothing done all writes are accounted for", done.Arm, done.Lost)
		}
	}
	if liftedDone.FullyRecovered && (!liftedNothing.FullyRecovered || liftedDone.After+RemedyTolerance < liftedNothing.After) {
		t.Hastens = true
		if t.Why == "" {
			t.Why = fmt.Sprintf("once the fault is lifted: recovers after %s; with nothing done %s", liftedDone.After.Round(time.Millisecond), liftedNothing.when())
		}
	}
	if t.Why == "" {
		t.Why = fmt.Sprintf("never faster than nothing: with the fault in force %s, and %s with nothing done; once it is lifted %s, and %s",
			staysDone.when(), staysNothing.when(), liftedDone.when(), liftedNothing.when())
	}
	return t
}

func (a ArmResult) when() string {
	if !a.FullyRecovered {
		return "not within its deadlines"
	}
	return "after " + a.After.Round(time.Millisecond).String()
}
