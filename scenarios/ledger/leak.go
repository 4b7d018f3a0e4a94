package ledger

import (
	"slices"

	"github.com/runproof/runproof/scenarios/judge"
)

// leaking are the results in which a leak breaks whatever is proven by silence
// between tenants, by whichever scenario: the one that saw it may have been
// about something else.
func leaking(results []judge.Result) []judge.Result {
	silences := silencesOf(results)
	list := slices.Clone(results)
	for i, r := range list {
		leak := leakOf(r)
		if leak == nil {
			continue
		}
		list[i].Claims = slices.Clone(r.Claims)
		for _, id := range silences {
			// Of its own claims the scenario has judged itself.
			if !slices.ContainsFunc(r.Claims, func(c judge.ClaimOutcome) bool { return c.Claim == id }) {
				list[i].Claims = append(list[i].Claims, judge.ClaimOutcome{Claim: id, State: judge.ClaimBroken, Reason: leak.Sentence()})
			}
		}
	}
	return list
}

// leakOf is what was seen of another tenant where none may be; nil: nothing was,
// or the playing cannot be believed.
func leakOf(r judge.Result) *judge.Outcome {
	for i, o := range r.Outcomes {
		if r.Verdict == judge.Failed && o.Invariant == judge.InvariantIsolation && !o.Held {
			return &r.Outcomes[i]
		}
	}
	return nil
}

// silencesOf lists the claims that stand for silence in what was played.
func silencesOf(results []judge.Result) []string {
	var ids []string
	for _, r := range results {
		for _, o := range r.Outcomes {
			if o.Invariant == judge.InvariantIsolation {
				ids = append(ids, o.Claims...)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
