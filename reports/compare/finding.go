package compare

import (
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// findings are what does not hold in the candidate and held in the baseline, or was
// not looked at there: definite evidence and breaches of the contract always; what
// else is new in a scenario that failed before as well, since its verdict does not
// show it. In a scenario that came out differently each time only the definite counts.
func (p pair) findings() []Change {
	var changes []Change
	for _, b := range p.candidate.Results {
		a := resultOf(p.baseline, b.Scenario)
		failedBoth := a != nil && a.Verdict == judge.Failed && b.Verdict == judge.Failed && !playedOf(p.candidate, &b).Flaky
		for _, o := range ledger.Unmet(b, p.candidate.Strict) {
			was, held := before(a, o.Key(b.Scenario), p.baseline.Strict)
			c := Change{
				Weight: Regression, Kind: OfFinding, Scenario: b.Scenario, Expectation: o.Expectation,
				Was: was, Is: "does not hold", Why: o.Sentence(), Definite: o.Definite,
			}
			switch {
			case was == unmet:
			case o.Definite || b.Verdict == judge.Failed && o.Invariant == judge.InvariantContract:
				changes = append(changes, c)
			case failedBoth && held:
				changes = append(changes, c)
			}
		}
	}
	return append(changes, p.remedies()...)
}

const unmet = "does not hold"

// before is what became of an expectation in the baseline.
func before(a *judge.Result, key judge.OutcomeKey, strict bool) (was string, held bool) {
	if a == nil {
		return "not played", false
	}
	for _, o := range ledger.Unmet(*a, strict) {
		if o.Key(a.Scenario) == key {
			return unmet, false
		}
	}
	for _, o := range a.Outcomes {
		if o.Key(a.Scenario) == key && o.Held {
			return "holds", true
		}
	}
	return "not looked at", false
}

// remedies are those that failed on trial, and did not before.
func (p pair) remedies() []Change {
	var changes []Change
	for _, b := range p.candidate.Remedies {
		for _, a := range p.baseline.Remedies {
			if a.Scenario == b.Scenario && a.Remedy == b.Remedy && a.Decided && b.Failed() && !a.Failed() {
				changes = append(changes, Change{
					Weight: Regression, Kind: OfFinding, Scenario: b.Scenario, Expectation: "remedy: " + b.Remedy,
					Was: a.Effect(), Is: b.Effect(), Why: b.Why,
				})
			}
		}
	}
	return changes
}
