package verify

import (
	"context"
	"fmt"
	"slices"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/play"
)

// side is what came out for one build of the service.
type side struct {
	// results are the worst of each scenario, and of equals the first with
	// definite evidence, or the first: what Failed once is never outdone.
	results []judge.Result
	// played are those of the document's commands.
	played []judge.Result
	// unstable says which came out differently, and repetitions is all of them.
	unstable    []string
	repetitions []ledger.Repetition
}

// add takes the results of one more repetition, counted from zero.
func (s *side) add(n int, results []judge.Result) {
	for _, r := range results {
		s.repetitions = append(s.repetitions, ledger.RepetitionOf(r, n))
		i := slices.IndexFunc(s.results, func(k judge.Result) bool { return k.Scenario == r.Scenario })
		if i < 0 {
			s.results = append(s.results, r)
			continue
		}
		kept := s.results[i]
		if r.Verdict != kept.Verdict {
			s.unstable = append(s.unstable, fmt.Sprintf("%s: %s before, %s in run %d: %s", r.Scenario, kept.Verdict, r.Verdict, n+1, r.Reason))
		}
		if r.Verdict.Worse(kept.Verdict) || r.Verdict == kept.Verdict && r.Definite() && !kept.Definite() {
			s.results[i] = r
		}
	}
}

// ordered puts the results into the order of the runbook, and leaves the repetitions
// out where nothing was repeated.
func (s *side) ordered(p plan) {
	s.results = p.inOrderOfRunbook(s.results)
	if len(s.repetitions) == len(s.results) {
		s.repetitions = nil
	}
}

// repeat plays the chosen scenarios as often as asked, each time in another order;
// on both builds, where there are two. The document's commands are played beside the
// first repetition.
func (p plan) repeat(ctx context.Context, w sides, o play.Options, say *progress) (candidate, baseline side) {
	for n := range p.Repeat {
		if p.Repeat > 1 {
			say.line("run %d of %d", n+1, p.Repeat)
		}
		again := p
		again.Seed += int64(n)
		list := again.inOrderOfPlay()
		o.Repetition = n
		var plays []scenarios.Scenario
		if n == 0 {
			plays = p.trials()
			list = among(list, plays)
		}
		b, a := w.run(ctx, list, o)
		for _, part := range []struct {
			to      *side
			results []judge.Result
		}{{&candidate, b}, {&baseline, a}} {
			chosen, played := split(part.results, plays)
			part.to.add(n, chosen)
			part.to.played = append(part.to.played, played...)
		}
		if ctx.Err() != nil {
			break
		}
	}
	if w.baseline != nil {
		p.reassured(ctx, w, o, say, &candidate, &baseline)
	}
	candidate.ordered(p)
	baseline.ordered(p)
	return candidate, baseline
}

// run plays a list once, in both worlds where there are two.
func (w sides) run(ctx context.Context, list []scenarios.Scenario, o play.Options) (candidate, baseline []judge.Result) {
	if w.baseline == nil {
		return play.Run(ctx, list, w, o), nil
	}
	return play.RunPairs(ctx, list, w, o)
}
