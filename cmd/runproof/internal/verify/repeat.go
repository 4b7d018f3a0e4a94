package verify

import (
	"context"

	"github.com/runproof/runproof/cmd/runproof/internal/conclude"
	"github.com/runproof/runproof/cmd/runproof/internal/progress"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/world"
)

// repeat plays the chosen scenarios as often as asked, each time in another
// order. The document's commands are played beside the first repetition.
func (p plan) repeat(ctx context.Context, worlds world.Worlds, o play.Options, say *progress.Progress) (played conclude.Played) {
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
			plays = p.trials()
		}
		all := among(list, plays)
		say.Plan(all, p.Jobs, p.Repeat-1-n)
		results, commands := split(play.Run(ctx, all, worlds, o), plays)
		played.Repetitions = append(played.Repetitions, p.inOrderOfRunbook(results))
		played.Commands = append(played.Commands, commands...)
	}
	return played
}
