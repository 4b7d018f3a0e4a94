package compare

import (
	"slices"

	"github.com/runproof/runproof/scenarios/ledger"
)

// accept makes of each regression that is known and accepted what it is.
func (p pair) accept(changes []Change) {
	known := p.candidate.Known()
	for i, c := range changes {
		if c.Weight != Regression {
			continue
		}
		if d := p.acceptedBy(known, c); d != nil {
			changes[i].Weight, changes[i].Accepted = Allowed, d
		}
	}
}

func (p pair) acceptedBy(known ledger.Deviations, c Change) *ledger.Deviation {
	switch c.Kind {
	case OfScenario:
		return known.Result(*resultOf(p.candidate, c.Scenario), p.candidate.Strict)
	case OfClaim:
		for _, row := range p.candidate.Ledger {
			if keyOf(row) == c.Claim {
				return known.Row(row)
			}
		}
	case OfFinding:
		if res := resultOf(p.candidate, c.Scenario); res != nil {
			for _, o := range ledger.Unmet(*res, p.candidate.Strict) {
				if o.Expectation == c.Expectation {
					return known.Outcome(c.Scenario, o)
				}
			}
		}
	case OfTime:
		return known.Time(c.Scenario, c.Time)
	case OfLatency:
		return known.Route(c.Route)
	}
	return nil
}

// deviations says what became of each accepted deviation. One of a time is seen
// where a change was accepted for it.
func (p pair) deviations(changes []Change) []Accepted {
	var list []Accepted
	for _, d := range p.candidate.Accepted {
		state := p.candidate.State(d)
		if state == ledger.DeviationUntested && (d.Time != "" || d.Route != "") {
			state = ledger.DeviationGone
			if slices.ContainsFunc(changes, func(c Change) bool { return c.Accepted != nil && *c.Accepted == d }) {
				state = ledger.DeviationSeen
			}
		}
		list = append(list, Accepted{Deviation: d, State: state})
	}
	return list
}
