package compare

import (
	"slices"

	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// claims are those whose verdict is another. Where the scenarios that decide it
// were not played in both, nothing follows.
func (p pair) claims(list []Scenario) []Change {
	both := map[string]Scenario{}
	for _, s := range list {
		if s.Baseline != nil && s.Candidate != nil {
			both[s.ID] = s
		}
	}
	was := map[string]ledger.Row{}
	for _, row := range p.baseline.Ledger {
		was[keyOf(row)] = row
	}
	var changes []Change
	for _, b := range p.candidate.Ledger {
		a, known := was[keyOf(b)]
		if !known || a.Verdict == b.Verdict || !inBoth(a, b, both) {
			continue
		}
		weight, why := weigh(a, b, both)
		changes = append(changes, Change{
			Weight: weight, Kind: OfClaim, Claim: keyOf(b), Was: string(a.Verdict), Is: string(b.Verdict), Why: why,
		})
	}
	return changes
}

// keyOf identifies a row: by its claim, or by the statement that nobody claims.
func keyOf(row ledger.Row) string {
	if row.ID == "" && row.Statement != nil {
		return row.Statement.ID
	}
	return row.ID
}

// inBoth reports whether the scenarios that told of a claim were played in both.
func inBoth(a, b ledger.Row, both map[string]Scenario) bool {
	for _, id := range slices.Concat(a.Scenarios, b.Scenarios) {
		if _, played := both[id]; !played {
			return false
		}
	}
	return true
}

func weigh(a, b ledger.Row, both map[string]Scenario) (Weight, string) {
	decided := func(v ledger.ClaimVerdict) bool { return v == ledger.True || v == ledger.Hazard }
	switch {
	case b.Verdict == ledger.False && flakyOnly(b, both):
		return Undecided, "only in scenarios that are flaky: " + b.Reason
	case b.Verdict == ledger.False && decided(a.Verdict):
		return Regression, b.Reason
	case b.Verdict == ledger.False:
		return Undecided, "the baseline has not decided it: " + a.Reason + "; the candidate: " + b.Reason
	case a.Verdict == ledger.False && decided(b.Verdict):
		return Improvement, a.Reason
	case decided(a.Verdict) && b.Verdict == ledger.Untested && !changedIn(b, both):
		return Undecided, b.Reason
	}
	return Neutral, b.Reason
}

// flakyOnly reports whether each scenario that may have found a claim FALSE is flaky
// and has nothing definite.
func flakyOnly(row ledger.Row, both map[string]Scenario) bool {
	flaky := false
	for _, id := range row.Scenarios {
		switch c := both[id].Candidate; {
		case c.Flaky && !c.Definite:
			flaky = true
		case c.Verdict == judge.Failed:
			return false
		}
	}
	return flaky
}

// changedIn reports whether a scenario of a claim did not pass: that says already why
// the claim is untested.
func changedIn(row ledger.Row, both map[string]Scenario) bool {
	return slices.ContainsFunc(row.Scenarios, func(id string) bool { return both[id].Candidate.Verdict != judge.Passed })
}
