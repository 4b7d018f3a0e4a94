package sim_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/sim"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// playings opens another world each time, and keeps the names they were opened
// under.
type playings struct {
	worlds []sim.Spoil
	// strained is how many of them, from the first, see the machine without time.
	strained int
	opened   []string
	shut     func() error
}

// Open implements scenarios.Worlds.
func (p *playings) Open(_ context.Context, s scenarios.Scenario) (scenarios.World, func(context.Context) error, error) {
	n := len(p.opened)
	p.opened = append(p.opened, s.ID)
	var w scenarios.World = sim.New(p.worlds[n])
	if n < p.strained {
		w = strainedWorld{w}
	}
	return w, func(context.Context) error {
		if p.shut == nil {
			return nil
		}
		return p.shut()
	}, nil
}

// strainedWorld is one whose machine never has time.
type strainedWorld struct{ scenarios.World }

// Strains implements scenarios.World.
func (w strainedWorld) Strains(since time.Time) []scenarios.Strain {
	return []scenarios.Strain{{What: "a timer", At: time.Now(), Took: time.Since(since)}}
}

// TestWhatTheMachineHadNoTimeForIsPlayedAgain: and nothing else is. By hand:
// with nothing played again the first two are Broken; where strain is not asked
// for, or what broke the harness is void, one of the last two is played again.
func TestWhatTheMachineHadNoTimeForIsPlayedAgain(t *testing.T) {
	s := symptoms.DatabaseRefused()
	once, twice := []string{s.ID}, []string{s.ID, s.ID + "-again"}
	for name, c := range map[string]struct {
		playings
		want scenarios.Verdict
		void bool
		as   []string
	}{
		"sound, and strained for a while":     {playings{worlds: []sim.Spoil{sim.ReadyLies, sim.Honest}, strained: 1}, scenarios.Passed, true, twice},
		"broken, and strained for a while":    {playings{worlds: []sim.Spoil{sim.ReadyLies, sim.ReadyLies}, strained: 1}, scenarios.Failed, true, twice},
		"not made ready, and strained":        {playings{worlds: []sim.Spoil{sim.PreparationFails, sim.Honest}, strained: 1}, scenarios.Passed, true, twice},
		"not made ready, and not strained":    {playings{worlds: []sim.Spoil{sim.PreparationFails}}, scenarios.Broken, false, once},
		"strained for ever":                   {playings{worlds: []sim.Spoil{sim.ReadyLies, sim.ReadyLies}, strained: 2}, scenarios.Broken, true, twice},
		"what passes is not":                  {playings{worlds: []sim.Spoil{sim.Honest}, strained: 1}, scenarios.Passed, false, once},
		"what fails without strain is not":    {playings{worlds: []sim.Spoil{sim.ReadyLies}}, scenarios.Failed, false, once},
		"what is undecided without it is not": {playings{worlds: []sim.Spoil{sim.NothingInjected}}, scenarios.Inconclusive, false, once},
		"what could not be removed stands": {playings{worlds: []sim.Spoil{sim.Honest}, strained: 1, shut: func() error {
			return context.DeadlineExceeded
		}}, scenarios.Broken, false, once},
	} {
		synctest.Test(t, func(t *testing.T) {
			var done, void int
			r := scenarios.Run(context.Background(), []scenarios.Scenario{s}, &c.playings, scenarios.Options{
				Mode: scenarios.Verify,
				Done: func(scenarios.Result) { done++ },
				Void: func(scenarios.Result) { void++ },
			})[0]
			if r.Verdict != c.want || (r.Void != "") != c.void || r.Scenario != s.ID || done != 1 || (void == 1) != c.void {
				t.Errorf("%s: %s: %s (%s), void %q, %d done, %d void; want %s", name, r.Scenario, r.Verdict, r.Reason, r.Void, done, void, c.want)
			}
			if diff := cmp.Diff(c.as, c.opened); diff != "" {
				t.Errorf("%s: opened (-want +got):\n%s", name, diff)
			}
		})
	}
}

// TestAnInterruptedRunPlaysNothingAgain: whoever stops it wants it to stop, and
// to hear what became of it. By hand: with what was not played again left out,
// nothing is done.
func TestAnInterruptedRunPlaysNothingAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &playings{worlds: []sim.Spoil{sim.ReadyLies}, strained: 1}
		ctx, cancel := context.WithCancel(context.Background())
		var done []scenarios.Verdict
		scenarios.Run(ctx, []scenarios.Scenario{symptoms.DatabaseRefused()}, p, scenarios.Options{
			Mode: scenarios.Verify,
			Done: func(r scenarios.Result) { done = append(done, r.Verdict) },
			Void: func(scenarios.Result) { cancel() },
		})
		if len(p.opened) != 1 || len(done) != 1 || done[0] != scenarios.Broken {
			t.Errorf("opened %q, done %q", p.opened, done)
		}
	})
}
