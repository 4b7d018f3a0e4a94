package sim_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/sim"
)

// opensAtFirst is the model with a door: who shows a forged token is refused,
// but let in the first time, as by a service that believes a token until it has
// looked its key up.
type opensAtFirst struct {
	*sim.World
	asked int
	open  bool
}

func (w *opensAtFirst) Observe(ctx context.Context, p scenarios.Probe, since time.Time) scenarios.Observation {
	if p.As != scenarios.Forged {
		return w.World.Observe(ctx, p, since)
	}
	o := scenarios.Observation{At: time.Now(), Status: 401}
	if w.asked++; w.asked == 1 && w.open {
		o.Status = 200
	}
	return o
}

// Seen red while a refusal was polled until it came: the world that opens at
// first was Passed.
func TestAServiceThatOpensAtFirstIsFailed(t *testing.T) {
	s := scenarios.Scenario{
		ID: "forged", Title: "a forged token", Section: "s", Severity: scenarios.P1, Budget: time.Minute,
		Steady: []scenarios.Expectation{
			scenarios.GET("/health/ready").Answers(200),
			scenarios.GET("/api/v1/events").As(scenarios.Forged).Answers(401).Proves("a.claim"),
		},
	}
	if err := s.Validate(); err != nil {
		t.Fatal(err)
	}
	for open, want := range map[bool]judge.Verdict{false: judge.Passed, true: judge.Failed} {
		synctest.Test(t, func(t *testing.T) {
			rec := &record.Recording{}
			play.Play(context.Background(), s, &opensAtFirst{World: sim.New(sim.Honest), open: open}, scenarios.Verify, rec)
			if r := judge.Judge(s, scenarios.Verify, false, rec.Events()); r.Verdict != want {
				t.Errorf("opens at first %v: %s: %s", open, r.Verdict, r.Reason)
			}
		})
	}
}
