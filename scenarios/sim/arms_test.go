package sim_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/sim"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// cured is a scenario with remedies and the time that they may take.
func cured(s scenarios.Scenario, remedies ...scenarios.Remedy) scenarios.Scenario {
	s.Remedy, s.Budget = remedies, 10*time.Minute
	return s
}

// TestArmsTellWhatARemedyDoes plays the four arms of a restart in worlds in
// which it cures, does nothing, and does harm.
func TestArmsTellWhatARemedyDoes(t *testing.T) {
	restart := scenarios.Restart("database.resolution.restart")
	for _, c := range []struct {
		mutation sim.Mutation
		scenario scenarios.Scenario
		remedy   scenarios.Remedy
		effect   string
		why      string
	}{
		{sim.Honest, symptoms.DatabaseRefused(), restart, "idle", "never faster than nothing"},
		{sim.NeverReconnects, symptoms.DatabaseRefused(), restart, "hastens", "once the fault is lifted"},
		{sim.Honest, symptoms.VenueDown(), restart, "hastens", "once the fault is lifted"},
		{sim.DiesOnRestart, symptoms.DatabaseRefused(), restart, "harmful", "with nothing done it does"},
		{sim.Honest, symptoms.DatabaseRefused(), scenarios.Scale("latency.resolution.scale", 4), "idle", "never faster"},
		{sim.RestartRefused, symptoms.DatabaseRefused(), restart, "undecided", "no such deployment"},
		{sim.FaultFades, symptoms.DatabaseRefused(), restart, "undecided", "witness"},
		{sim.NothingInjected, symptoms.DatabaseRefused(), restart, "undecided", "witness"},
		{sim.CuredByRestart, symptoms.DatabaseRefused(), restart, "heals", "and not by itself"},
	} {
		s := cured(c.scenario, c.remedy)
		synctest.Test(t, func(t *testing.T) {
			trials := play.RunArms(context.Background(), []scenarios.Scenario{s}, sim.Worlds{Mutation: c.mutation}, play.Options{Jobs: 4})
			if len(trials) != 1 || len(trials[0].Arms) != 4 {
				t.Fatalf("%s: %d trials", c.mutation, len(trials))
			}
			if got := trials[0]; got.Effect() != c.effect || !strings.Contains(got.Why, c.why) {
				t.Errorf("%s, %s: %s (%s), want %s (…%s…): %+v", c.mutation, s.ID, got.Effect(), got.Why, c.effect, c.why, got.Arms)
			}
		})
	}
}

// TestARemedyMustNotHarmWhoIsWell plays a whole run: after the recovery the
// remedy is done, and everything must hold again.
func TestARemedyMustNotHarmWhoIsWell(t *testing.T) {
	s := cured(symptoms.DatabaseRefused(), scenarios.Restart("database.resolution.restart"))
	for mutation, want := range map[sim.Mutation]judge.Verdict{
		sim.Honest: judge.Passed, sim.DiesOnRestart: judge.Failed, sim.RestartRefused: judge.Broken,
		// Seen red, and Passed, while nothing was heard of the load after a remedy.
		sim.ReadsOnlyAfterRestart: judge.Failed,
	} {
		if r := playAll(t, mutation, scenarios.Verify, s)[s.ID]; r.Verdict != want {
			t.Errorf("%s: %s: %s, want %s", mutation, r.Verdict, r.Reason, want)
		}
	}
}
