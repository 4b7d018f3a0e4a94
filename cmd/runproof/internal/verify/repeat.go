package verify

import (
	"context"

	"github.com/runproof/runproof/cmd/runproof/internal/conclude"
	"github.com/runproof/runproof/cmd/runproof/internal/progress"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/play"
)

// repeat plays the chosen scenarios as often as asked, each time in another order;
// on both builds, where there are two. The document's commands are played beside the
// first repetition.
func (p plan) repeat(ctx context.Context, w sides, o play.Options, say *progress.Progress) (candidate, baseline conclude.Played) {
	for n := range p.Repeat {
		if n > 0 && ctx.Err() != nil {
			break
		}
		if p.Repeat > 1 {
			say.Line("run %d of %d", n+1, p.Repeat)
		}
		again := p
		again.Seed += int64(n)
		list := again.inOrderOfPlay()
		o.Repetition = n
		var plays []scenarios.Scenario
		if n == 0 {
			plays = p.commands
		}
		all := among(list, plays)
		say.Plan(w.played(all), p.Jobs, p.Repeat-1-n)
		b, a := w.run(ctx, all, o)
		p.add(&candidate, b, plays)
		p.add(&baseline, a, plays)
	}
	if w.baseline != nil {
		p.reassured(ctx, w, o, say, &candidate, &baseline)
	}
	return candidate, baseline
}

// add adds the results of one repetition.
func (p plan) add(to *conclude.Played, results []judge.Result, plays []scenarios.Scenario) {
	chosen, commands := split(results, plays)
	to.Repetitions = append(to.Repetitions, p.inOrderOfRunbook(chosen))
	to.Commands = append(to.Commands, commands...)
}

// played is a list as it is played: each scenario twice where there are two worlds.
func (w sides) played(list []scenarios.Scenario) []scenarios.Scenario {
	if w.baseline == nil {
		return list
	}
	var all []scenarios.Scenario
	for _, s := range list {
		all = append(all, s, s)
	}
	return all
}

// run plays a list once, in both worlds where there are two.
func (w sides) run(ctx context.Context, list []scenarios.Scenario, o play.Options) (candidate, baseline []judge.Result) {
	if w.baseline == nil {
		return play.Run(ctx, list, w, o), nil
	}
	return play.RunPairs(ctx, list, w, o)
}
