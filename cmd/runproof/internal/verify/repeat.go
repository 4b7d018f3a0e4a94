package verify

import (
	"context"
	"fmt"
	"slices"

	"github.com/runproof/runproof/cmd/runproof/internal/progress"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/world"
)

// repeat plays the chosen scenarios as often as asked, each time in another
// order, and tells which of them came out differently. Of each scenario the worst
// repetition is kept, and of equals the first: what Failed once is never outdone.
// The document's commands are played beside the first repetition.
func (p plan) repeat(ctx context.Context, worlds world.Worlds, o play.Options, say *progress.Progress) (kept, played []judge.Result, unstable []string) {
	for n := range p.Repeat {
		if p.Repeat > 1 {
			say.Line("run %d of %d", n+1, p.Repeat)
		}
		again := p
		again.Seed += int64(n)
		list := again.inOrderOfPlay()
		o.Repetition = n
		if n == 0 {
			plays := p.trials()
			all := among(list, plays)
			say.Plan(all, p.Jobs, p.Repeat-1)
			kept, played = split(play.Run(ctx, all, worlds, o), plays)
			kept = p.inOrderOfRunbook(kept)
			continue
		}
		say.Plan(list, p.Jobs, p.Repeat-1-n)
		results := p.inOrderOfRunbook(play.Run(ctx, list, worlds, o))
		for _, r := range results {
			i := slices.IndexFunc(kept, func(k judge.Result) bool { return k.Scenario == r.Scenario })
			if i < 0 || r.Verdict == kept[i].Verdict {
				continue
			}
			unstable = append(unstable, fmt.Sprintf("%s: %s in run 1, %s in run %d: %s", r.Scenario, kept[i].Verdict, r.Verdict, n+1, r.Reason))
			if r.Verdict.Worse(kept[i].Verdict) {
				kept[i] = r
			}
		}
		if ctx.Err() != nil {
			break
		}
	}
	return kept, played, unstable
}
