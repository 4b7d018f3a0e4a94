package sim_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/sim"
)

// elsewhere is the model as a service that the scenarios were not written for: it says
// "fine" where the runbook says "UP", and it has its health at another path.
type elsewhere struct {
	*sim.World
	tolerant time.Duration
	failing  error
	moved    bool
}

func (w elsewhere) StartTimeout() time.Duration   { return w.tolerant }
func (w elsewhere) Healthy(context.Context) error { return w.failing }

func (w elsewhere) Observe(ctx context.Context, p scenarios.Probe, since time.Time) scenarios.Observation {
	o := w.World.Observe(ctx, p, since)
	if strings.HasPrefix(p.Path, "/health/") {
		o.Body = strings.ReplaceAll(o.Body, `"UP"`, `"fine"`)
		if w.moved {
			o.Deviation = "GET " + p.Path + " is answered 404"
		}
	}
	return o
}

func deviating() scenarios.Scenario {
	return scenarios.Scenario{
		ID: "deviating", Title: "t", Section: "s", Severity: scenarios.P3, Budget: 4 * time.Minute,
		Steady: []scenarios.Expectation{
			scenarios.GET("/health/ready").Showing("status", "UP").Proves("words.a.b"),
			scenarios.GET("/health/ready").Answers(200).Proves("path.a.b"),
		},
		Fault: fault.Refuse(fault.Postgres),
		During: []scenarios.Expectation{
			scenarios.GET("/health/ready").Answers(503).Proves("fails.a.b"),
			scenarios.GET("/health/ready").NotShowing("status", "UP").Proves("tells.a.b"),
		},
		After: []scenarios.Expectation{scenarios.GET("/health/ready").Answers(200).By(10 * time.Second)},
	}
}

// One deviation makes its own claims FALSE, and lets the others be decided. To whom nothing
// is granted, or who is not well, it is the end of the playing.
//
// Seen red: with tolerates always false every claim of the first is untested; with it
// always true the third is Failed by "fails".
func TestADeviationIsFalseAndThePlayingGoesOn(t *testing.T) {
	s := deviating()
	if err := s.Validate(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		world elsewhere
		want  map[string]judge.ClaimState
	}{
		"a service of others": {elsewhere{tolerant: time.Minute}, map[string]judge.ClaimState{
			"words.a.b": judge.ClaimBroken, "path.a.b": judge.ClaimHeld, "fails.a.b": judge.ClaimHeld, "tells.a.b": judge.ClaimBroken,
		}},
		"at another path": {elsewhere{tolerant: time.Minute, moved: true}, map[string]judge.ClaimState{
			"words.a.b": judge.ClaimBroken, "path.a.b": judge.ClaimBroken, "fails.a.b": judge.ClaimHeld, "tells.a.b": judge.ClaimBroken,
		}},
		"that is not well": {elsewhere{tolerant: time.Minute, failing: errors.New("red")}, map[string]judge.ClaimState{
			"words.a.b": judge.ClaimBroken, "path.a.b": judge.ClaimUntested, "fails.a.b": judge.ClaimUntested, "tells.a.b": judge.ClaimUntested,
		}},
		"the one that they were written for": {elsewhere{}, map[string]judge.ClaimState{
			"words.a.b": judge.ClaimBroken, "path.a.b": judge.ClaimUntested, "fails.a.b": judge.ClaimUntested, "tells.a.b": judge.ClaimUntested,
		}},
	} {
		synctest.Test(t, func(t *testing.T) {
			c.world.World = sim.New(sim.Honest)
			rec := &record.Recording{}
			play.Play(context.Background(), s, c.world, scenarios.Verify, rec)
			r := judge.Judge(s, scenarios.Verify, false, rec.Events())
			if r.Verdict != judge.Failed {
				t.Errorf("%s: %s: %s", name, r.Verdict, r.Reason)
			}
			for _, claim := range r.Claims {
				if want := c.want[claim.Claim]; claim.State != want {
					t.Errorf("%s: %s is %s (%s), want %s", name, claim.Claim, claim.State, claim.Reason, want)
				}
			}
			if wants := c.world.tolerant > 0 && c.world.failing == nil; (len(r.Deviations) > 0) != wants {
				t.Errorf("%s: deviations %q", name, r.Deviations)
			}
		})
	}
}
