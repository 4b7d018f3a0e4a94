package sim_test

import (
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/sim"
	"github.com/runproof/runproof/scenarios/symptoms"
)

const poolStatus = "curl http://localhost:3003/health/ready | jq '.checks.database'"

// TestAStepMustReadDifferently plays a step in each way in which it can come
// out. By hand: compare outputs only, and the one that cannot run is held.
func TestAStepMustReadDifferently(t *testing.T) {
	sh := func(command string) scenarios.Step { return scenarios.Sh("database.resolution.pool-status", command) }
	for _, c := range []struct {
		name     string
		mutation sim.Mutation
		step     scenarios.Step
		state    judge.ClaimState
		reason   string
	}{
		{"as it should", sim.Honest, sh(poolStatus), judge.ClaimHeld, ""},
		{"with what it shows", sim.Honest, sh(poolStatus).Shows(`"UP"`).ShowsUnderFault(`"DOWN"`), judge.ClaimHeld, ""},
		{"a service that lies", sim.ReadyLies, sh(poolStatus), judge.ClaimUntested, "reads the same"},
		{"a service that lies, and what is stated", sim.ReadyLies, sh(poolStatus).ShowsUnderFault(`"DOWN"`), judge.ClaimBroken, `does not show "DOWN" under the fault`},
		{"shows something else", sim.Honest, sh(poolStatus).Shows("OK"), judge.ClaimBroken, "does not show OK where nothing is wrong"},
		{"shows something else under the fault", sim.Honest, sh(poolStatus).ShowsUnderFault("GONE"), judge.ClaimBroken, "does not show GONE under the fault"},
		{"cannot run", sim.Honest, sh("curl -X POST /api/v1/events -d '{}' | jq"), judge.ClaimBroken, "does not run as printed: exit 3 | 0"},
		{"tells nothing apart", sim.Honest, sh("curl http://localhost:3003/health/live"), judge.ClaimUntested, "reads the same"},
		{"is to tell another fault apart", sim.Honest, sh("curl http://localhost:3003/health/live").OfAnotherFault(), judge.ClaimHeld, ""},
		{"is to tell another fault apart, and shows something else", sim.Honest, sh("curl http://localhost:3003/health/live").Shows("OK").OfAnotherFault(), judge.ClaimBroken, "does not show OK"},
		{"changes by itself", sim.Honest, sh("curl http://localhost:3003/metrics | grep process_cpu_seconds_total"), judge.ClaimUntested, "by itself"},
		{"needs a cluster", sim.Honest, sh("kubectl get pods"), judge.ClaimUntested, "no cluster"},
		{"a service that stays down", sim.NeverReconnects, sh(poolStatus), judge.ClaimUntested, "still reads as under the fault"},
		{"a service that stays down, and what is stated", sim.NeverReconnects, sh(poolStatus).Shows(`"UP"`), judge.ClaimBroken, "after the healing"},
	} {
		s := symptoms.DatabaseRefused()
		s.Diagnosis = []scenarios.Step{c.step}
		r := playAll(t, c.mutation, scenarios.Verify, s)[s.ID]
		got := r.Claims[len(r.Claims)-1]
		if got.State != c.state || !strings.Contains(got.Reason, c.reason) {
			t.Errorf("%s: %s: %s", c.name, got.State, got.Reason)
		}
		if (got.State == judge.ClaimHeld && !c.step.OfAnother) != strings.Contains(got.CounterExample, "postgres refuses connections") {
			t.Errorf("%s: counter-example %q", c.name, got.CounterExample)
		}
	}
}

func TestAStepNeedsAClaimACommandAndForAFaultOne(t *testing.T) {
	for _, step := range []scenarios.Step{scenarios.Sh("", "true"), scenarios.Sh("a.b", " ")} {
		s := symptoms.DatabaseRefused()
		s.Diagnosis = []scenarios.Step{step}
		if s.Validate() == nil {
			t.Errorf("%+v is accepted", step)
		}
	}
	s := symptoms.HealthSteady()
	s.Diagnosis = []scenarios.Step{scenarios.Sh("a.b", "true").ShowsUnderFault("x")}
	if s.Validate() == nil {
		t.Error("something is shown under a fault that is not there")
	}
}
