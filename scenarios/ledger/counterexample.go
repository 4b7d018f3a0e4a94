package ledger

import (
	"slices"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// CounterExample is a broken world in which a claim was found FALSE, and the
// expectation that found it.
type CounterExample struct {
	// World is a defect of the reference service: "defect:role-not-read".
	World string `json:"world"`
	judge.OutcomeKey
}

// String names the world, and the scenario that was played in it.
func (c CounterExample) String() string { return c.World + " in " + c.Scenario }

// CounterExamples are those on record, by claim.
type CounterExamples map[string][]CounterExample

// First names one of a claim's; empty: there is none.
func (all CounterExamples) First(claim string) string {
	if len(all[claim]) == 0 {
		return ""
	}
	return all[claim][0].String()
}

// of finds a world in which one of the very expectations that held in a playing
// found the claim FALSE. That another expectation of the claim can fail says
// nothing of those.
func (all CounterExamples) of(claim string, r judge.Result) string {
	for _, o := range r.Outcomes {
		if !o.Held || o.Basis != scenarios.Documented || !slices.Contains(o.Claims, claim) {
			continue
		}
		for _, c := range all[claim] {
			if c.OutcomeKey == o.Key(r.Scenario) {
				return c.String()
			}
		}
	}
	return ""
}
