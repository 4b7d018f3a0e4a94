package hazards_test

import (
	"slices"
	"testing"

	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/hazards"
)

func TestEveryRuleFindsItsBadExampleAndPassesItsGoodOne(t *testing.T) {
	ids := map[string]bool{}
	for _, rule := range hazards.Rules() {
		if rule.ID == "" || rule.Title == "" || rule.Why == "" || ids[rule.ID] {
			t.Errorf("rule %q does not say what it is about, or is listed twice", rule.ID)
		}
		ids[rule.ID] = true
		found := of(rule, rule.Bad)
		if len(found) == 0 {
			t.Errorf("%s misses its bad example; found: %+v", rule.ID, hazards.Run(rule.Bad.Input()))
		}
		for _, f := range found {
			if f.Statement == "" || f.Line < 1 || f.Ran == "" || f.Saw == "" || f.Why == "" || f.Proposal == "" {
				t.Errorf("%s leaves something out: %+v", rule.ID, f)
			}
		}
		if found := of(rule, rule.Good); len(found) > 0 {
			t.Errorf("%s finds something in its good example: %+v", rule.ID, found)
		}
		// The same text of which nothing was run: there is nothing to find.
		unrun := rule.Bad
		unrun.Executions, unrun.Remedies, unrun.Sightings, unrun.Measured = nil, nil, nil, nil
		if all := hazards.Run(unrun.Input()); len(all) > 0 {
			t.Errorf("%s: found without anything having been run: %+v", rule.ID, all)
		}
	}
}

// of is what one rule finds.
func of(rule hazards.Rule, e hazards.Example) []ledger.Finding {
	return slices.DeleteFunc(hazards.Run(e.Input()), func(f ledger.Finding) bool { return f.Rule != rule.ID })
}
