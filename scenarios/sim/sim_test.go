package sim_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/sim"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// modelled are the scenarios that the model knows the service's part of.
func modelled() []scenarios.Scenario {
	return slices.DeleteFunc(symptoms.All(), func(s scenarios.Scenario) bool {
		models, _ := sim.Models(s)
		return !models
	})
}

// play runs all scenarios in worlds of one mutation. Time is the bubble's: the
// waits of half a minute cost nothing.
func playAll(t *testing.T, mutation sim.Mutation, mode scenarios.Mode, list ...scenarios.Scenario) map[string]judge.Result {
	t.Helper()
	byID := map[string]judge.Result{}
	synctest.Test(t, func(t *testing.T) {
		for _, r := range play.Run(context.Background(), list, sim.Worlds{Mutation: mutation}, play.Options{Mode: mode, Jobs: len(list)}) {
			byID[r.Scenario] = r
		}
	})
	return byID
}

func TestHonestWorldPassesEverything(t *testing.T) {
	for id, r := range playAll(t, sim.Honest, scenarios.Verify, modelled()...) {
		if r.Verdict != judge.Passed {
			t.Errorf("%s: %s: %s", id, r.Verdict, r.Reason)
		}
		for _, c := range r.Claims {
			// That a command tells nothing apart is the runbook's fault, not the world's.
			blind := strings.Contains(c.Reason, "reads the same with the fault as without")
			if c.State != judge.ClaimHeld && !blind {
				t.Errorf("%s: claim %s is %s: %s", id, c.Claim, c.State, c.Reason)
			}
		}
		documented := slices.ContainsFunc(r.Outcomes, func(o judge.Outcome) bool {
			return o.Phase == scenarios.PhaseDuring && o.Basis == scenarios.Documented
		})
		if len(r.Faults) > 0 && (r.Detect == nil && documented || r.Recover == nil) {
			t.Errorf("%s: no time to detect or to recover: %v %v", id, r.Detect, r.Recover)
		}
	}
}

func TestHonestWorldHoldsEveryControl(t *testing.T) {
	for id, r := range playAll(t, sim.Honest, scenarios.Control, modelled()...) {
		if r.Verdict != judge.Passed {
			t.Errorf("%s: %s: %s", id, r.Verdict, r.Reason)
		}
	}
}

// TestEveryMutationIsCaught is the suite's own proof: each broken service is
// Failed by some scenario, is never called Broken or Inconclusive, and every
// claim is found FALSE in some world.
func TestEveryMutationIsCaught(t *testing.T) {
	broken := map[string]bool{}
	for _, mutation := range sim.ServiceMutations() {
		var caught []string
		for id, r := range playAll(t, mutation, scenarios.Verify, modelled()...) {
			switch r.Verdict {
			case judge.Failed:
				caught = append(caught, id)
			case judge.Passed:
			default:
				t.Errorf("%s: %s: %s: %s", mutation, id, r.Verdict, r.Reason)
			}
			for _, c := range r.Claims {
				broken[c.Claim] = broken[c.Claim] || c.State == judge.ClaimBroken
			}
		}
		if len(caught) == 0 {
			t.Errorf("%s: no scenario fails", mutation)
		}
		slices.Sort(caught)
		t.Logf("%-26s %s", mutation, strings.Join(caught, " "))
	}
	for _, s := range modelled() {
		for _, id := range s.Claims() {
			if !broken[id] {
				t.Errorf("claim %s of %s: no world turns it FALSE", id, s.ID)
			}
		}
	}
}

// TestFailuresAreExact says for some mutates exactly which expectations fail:
// one broken thing must not take unrelated checks with it.
func TestFailuresAreExact(t *testing.T) {
	for _, c := range []struct {
		mutation sim.Mutation
		scenario scenarios.Scenario
		want     []string
	}{
		{sim.LivenessQueriesDatabase, symptoms.DatabaseRefused(), []string{"GET /health/live"}},
		{sim.BlamesTheVenue, symptoms.DatabaseRefused(), []string{"POST"}},
		{sim.ReadyLies, symptoms.DatabaseRefused(), []string{"GET /health/ready", "GET /health/ready"}},
		{sim.LogsNothing, symptoms.DatabaseRefused(), []string{"log contains", "log mentions"}},
		{sim.UnexpectedWrite, symptoms.DatabaseRefused(), []string{"POST", "POST", "POST", "audit"}},
		{sim.TimeoutIs500, symptoms.DatabaseSlow(), []string{"GET /api/v1/events answers 504", "GET /api/v1/events answers 503 or 504", "POST", "no answer is an internal error"}},
		{sim.BreakerWaits5s, symptoms.VenueDown(), []string{"POST"}},
		{sim.BreakerHidden, symptoms.VenueDown(), []string{"GET /health/ready"}},
	} {
		r := playAll(t, c.mutation, scenarios.Verify, c.scenario)[c.scenario.ID]
		var failed []string
		for _, o := range r.Outcomes {
			if !o.Held {
				failed = append(failed, o.Expectation)
			}
		}
		if len(failed) != len(c.want) {
			t.Errorf("%s: failed %d expectations, want %d: %q", c.mutation, len(failed), len(c.want), failed)
			continue
		}
		for i := range failed {
			if !strings.HasPrefix(failed[i], c.want[i]) {
				t.Errorf("%s: failed %q, want %q", c.mutation, failed[i], c.want[i])
			}
		}
	}
}

// TestABrokenHarnessBlamesNobody plays worlds in which the harness itself is
// wrong: never Passed, never Failed.
func TestABrokenHarnessBlamesNobody(t *testing.T) {
	for _, c := range []struct {
		mutation sim.Mutation
		want     judge.Verdict
		reason   string
	}{
		{sim.StackDead, judge.Broken, "does not work without the service"},
		{sim.StackDiesLater, judge.Broken, "does not work any more"},
		{sim.Stalled, judge.Broken, "the host was overloaded: a timer took"},
		{sim.CannotExec, judge.Broken, "could not be started"},
		{sim.NothingInjected, judge.Inconclusive, "no witness"},
		{sim.OldSpared, judge.Inconclusive, "open connection: works"},
		{sim.FaultFades, judge.Inconclusive, "gone before the last look"},
		{sim.InjectionFails, judge.Broken, "could not be injected"},
		{sim.HealingFails, judge.Broken, "could not be healed"},
		{sim.HealingIsVain, judge.Broken, "after the healing"},
		{sim.BrokenBefore, judge.Broken, "before the fault"},
		{sim.WitnessUnclear, judge.Broken, "before the fault"},
		{sim.PreparationFails, judge.Broken, "toxiproxy does not answer"},
		{sim.Panics, judge.Broken, "panic: a probe panicked"},
		{sim.AuditUnavailable, judge.Broken, "no such table"},
		{sim.LoadStops, judge.Inconclusive, "too few requests"},
		// Seen red, and Passed, while any five requests were enough.
		{sim.LoadForgets, judge.Inconclusive, "has not heard of: POST"},
		{sim.Lacks, judge.Unsupported, "no proxy in front of postgres"},
	} {
		s := symptoms.DatabaseRefused()
		r := playAll(t, c.mutation, scenarios.Verify, s)[s.ID]
		if r.Verdict != c.want || !strings.Contains(r.Reason, c.reason) {
			t.Errorf("%s: %s: %s; want %s: …%s…", c.mutation, r.Verdict, r.Reason, c.want, c.reason)
		}
		for _, claim := range r.Claims {
			if claim.State != judge.ClaimUntested {
				t.Errorf("%s: claim %s is %s", c.mutation, claim.Claim, claim.State)
			}
		}
	}
}

// By hand: with every stall in the window of every failure, this is Broken.
func TestAStallThatWasOverExcusesNothing(t *testing.T) {
	s := symptoms.DatabaseRefused()
	r := playAll(t, sim.StalledOnce, scenarios.Verify, s)[s.ID]
	if r.Verdict != judge.Failed {
		t.Errorf("%s: %s", r.Verdict, r.Reason)
	}
}

func TestAServiceThatContainsALeakIsNotFailed(t *testing.T) {
	s := symptoms.RLSLeak()
	r := playAll(t, sim.Contains, scenarios.Verify, s)[s.ID]
	if r.Verdict != judge.Passed {
		t.Fatalf("%s: %s", r.Verdict, r.Reason)
	}
	if c := r.Claims[0]; c.State != judge.ClaimUntested || !strings.Contains(c.Reason, "contains it") {
		t.Errorf("claim: %+v", c)
	}
}
