package sim_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/sim"
	"github.com/runproof/runproof/scenarios/symptoms"
	"github.com/runproof/runproof/scenarios/world"
)

// attempts opens another world each time, and keeps the names they were opened
// under, and how.
type attempts struct {
	worlds []sim.Mutation
	// stalled is how many of them, from the first, see the host stall.
	stalled int
	opened  []string
	shut    func() error
}

// Open implements world.Worlds.
func (p *attempts) Open(_ context.Context, s scenarios.Scenario, which record.Playing) (world.World, func(context.Context) error, error) {
	n := len(p.opened)
	name := which.Dir()
	if which.Alone() {
		name += " alone"
	}
	p.opened = append(p.opened, name)
	var w world.World = sim.New(p.worlds[n])
	if n < p.stalled {
		w = stalledWorld{w}
	}
	return w, func(context.Context) error {
		if p.shut == nil {
			return nil
		}
		return p.shut()
	}, nil
}

// stalledWorld is one whose host stalls all the time.
type stalledWorld struct{ world.World }

// Stalls implements world.World.
func (w stalledWorld) Stalls(since time.Time) []record.Stall {
	return []record.Stall{{What: "a timer", At: time.Now(), Took: time.Since(since)}}
}

// TestWhatAStallLeftUndecidedIsRetried: and nothing else is. By hand: with
// nothing retried the first two are Broken; where no stall is asked for, or what
// broke the harness is retried, one of the last two is.
func TestWhatAStallLeftUndecidedIsRetried(t *testing.T) {
	s := symptoms.DatabaseRefused()
	once, twice := []string{s.ID}, []string{s.ID, s.ID + "-attempt-2 alone"}
	for name, c := range map[string]struct {
		attempts
		want    judge.Verdict
		retried bool
		as      []string
	}{
		"sound, and stalled for a while":      {attempts{worlds: []sim.Mutation{sim.ReadyLies, sim.Honest}, stalled: 1}, judge.Passed, true, twice},
		"broken, and stalled for a while":     {attempts{worlds: []sim.Mutation{sim.ReadyLies, sim.ReadyLies}, stalled: 1}, judge.Failed, true, twice},
		"not made ready, and stalled":         {attempts{worlds: []sim.Mutation{sim.PreparationFails, sim.Honest}, stalled: 1}, judge.Passed, true, twice},
		"not made ready, and not stalled":     {attempts{worlds: []sim.Mutation{sim.PreparationFails}}, judge.Broken, false, once},
		"stalled for ever":                    {attempts{worlds: []sim.Mutation{sim.ReadyLies, sim.ReadyLies}, stalled: 2}, judge.Broken, true, twice},
		"what passes is not":                  {attempts{worlds: []sim.Mutation{sim.Honest}, stalled: 1}, judge.Passed, false, once},
		"what fails without a stall is not":   {attempts{worlds: []sim.Mutation{sim.ReadyLies}}, judge.Failed, false, once},
		"what is undecided without it is not": {attempts{worlds: []sim.Mutation{sim.NothingInjected}}, judge.Inconclusive, false, once},
		"what could not be removed stands": {attempts{worlds: []sim.Mutation{sim.Honest}, stalled: 1, shut: func() error {
			return context.DeadlineExceeded
		}}, judge.Broken, false, once},
	} {
		synctest.Test(t, func(t *testing.T) {
			var done, retried int
			r := play.Run(context.Background(), []scenarios.Scenario{s}, &c.attempts, play.Options{
				Mode:  scenarios.Verify,
				Done:  func(record.Playing, judge.Result) { done++ },
				Retry: func(record.Playing, judge.Result) { retried++ },
			})[0]
			if r.Verdict != c.want || (r.Discarded != nil) != c.retried || r.Scenario != s.ID || done != 1 || (retried == 1) != c.retried {
				t.Errorf("%s: %s: %s (%s), discarded %v, %d done, %d retried; want %s", name, r.Scenario, r.Verdict, r.Reason, r.Discarded, done, retried, c.want)
			}
			if diff := cmp.Diff(c.as, c.opened); diff != "" {
				t.Errorf("%s: opened (-want +got):\n%s", name, diff)
			}
		})
	}
}

// TestAnInterruptedRunRetriesNothing: whoever stops it wants it to stop, and to
// hear what became of it. By hand: with what was not retried left out, nothing is
// done.
func TestAnInterruptedRunRetriesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &attempts{worlds: []sim.Mutation{sim.ReadyLies}, stalled: 1}
		ctx, cancel := context.WithCancel(context.Background())
		var done []judge.Verdict
		play.Run(ctx, []scenarios.Scenario{symptoms.DatabaseRefused()}, p, play.Options{
			Mode:  scenarios.Verify,
			Done:  func(_ record.Playing, r judge.Result) { done = append(done, r.Verdict) },
			Retry: func(record.Playing, judge.Result) { cancel() },
		})
		if len(p.opened) != 1 || len(done) != 1 || done[0] != judge.Broken {
			t.Errorf("opened %q, done %q", p.opened, done)
		}
	})
}

// TestFailFastEndsTheRun: at the first that fails, and at no other verdict.
func TestFailFastEndsTheRun(t *testing.T) {
	list := []scenarios.Scenario{symptoms.HealthSteady(), symptoms.DatabaseRefused(), symptoms.HealthSteady()}
	for name, c := range map[string]struct {
		fast   bool
		second sim.Mutation
		want   int // results
	}{
		"a failure":                {true, sim.ReadyLies, 2},
		"a failure, and not asked": {false, sim.ReadyLies, 3},
		"undecided is no failure":  {true, sim.NothingInjected, 3},
		"all pass, and was asked":  {true, sim.Honest, 3},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				worlds := &attempts{worlds: []sim.Mutation{sim.Honest, c.second, sim.Honest}}
				results := play.Run(t.Context(), list, worlds, play.Options{Mode: scenarios.Verify, FailFast: c.fast})
				if len(results) != c.want {
					t.Errorf("%d results, want %d", len(results), c.want)
				}
			})
		})
	}
}
