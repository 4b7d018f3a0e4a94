package verify

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios"
)

// repeat plays the chosen scenarios as often as asked, each time in another
// order, and tells which of them came out differently. Of each scenario the worst
// repetition is kept, and of equals the first: what Failed once is never outdone.
// The document's commands are played beside the first repetition.
func (p plan) repeat(ctx context.Context, worlds scenarios.Worlds, o scenarios.Options, say *progress) (kept, played []scenarios.Result, unstable []string) {
	for n := range p.Repeat {
		if p.Repeat > 1 {
			say.line("repetition %d of %d", n+1, p.Repeat)
		}
		again := p
		again.Seed += int64(n)
		list := named(again.inOrderOfPlay(), n)
		if n == 0 {
			plays := p.trials()
			kept, played = split(scenarios.Run(ctx, among(list, plays), worlds, o), plays)
			kept = p.inOrderOfRunbook(kept)
			continue
		}
		results := p.inOrderOfRunbook(unnamed(scenarios.Run(ctx, list, worlds, o), n))
		for _, r := range results {
			i := slices.IndexFunc(kept, func(k scenarios.Result) bool { return k.Scenario == r.Scenario })
			if i < 0 || r.Verdict == kept[i].Verdict {
				continue
			}
			unstable = append(unstable, fmt.Sprintf("%s: %s the first time, %s in repetition %d: %s", r.Scenario, kept[i].Verdict, r.Verdict, n+1, r.Reason))
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

// named gives a repetition names of its own, so that it keeps its own events
// in the bundle.
func named(list []scenarios.Scenario, n int) []scenarios.Scenario {
	for i := range list {
		if n > 0 {
			list[i].ID += fmt.Sprintf("-repetition-%d", n+1)
		}
	}
	return list
}

// unnamed gives the results of a repetition the names of their scenarios.
func unnamed(list []scenarios.Result, n int) []scenarios.Result {
	for i := range list {
		list[i].Scenario = strings.TrimSuffix(list[i].Scenario, fmt.Sprintf("-repetition-%d", n+1))
	}
	return list
}
