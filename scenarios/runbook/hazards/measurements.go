package hazards

import (
	"fmt"
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/facts"
)

// Measurements are the durations that scenarios have measured where the document states
// one: when something came about, counted from the moment that its expectation
// names. It is exact to the half of the expectation's own window, outside of
// which it would not have held.
func Measurements(r *binding.Report, results []judge.Result) []Measured {
	var list []Measured
	for _, b := range r.Bindings {
		if b.Statement < 0 {
			continue
		}
		stated := onlyDuration(r.Document.Statements[b.Statement].Text)
		if stated == "" {
			continue
		}
		for _, result := range results {
			for _, o := range result.Outcomes {
				if proves(o, b.Claim.ID) && o.Held && o.SinceMilestone > 0 {
					list = append(list, Measured{
						Statement: r.Document.Statements[b.Statement].ID,
						Fact:      stated,
						Value:     o.SinceMilestone.Round(time.Second).String(),
						Within:    (o.NotAfter - o.NotBefore) / 2,
						How:       fmt.Sprintf("%s: %s", result.Scenario, o.Expectation),
					})
				}
			}
		}
	}
	return list
}

func proves(o judge.Outcome, claim string) bool {
	return o.Basis == scenarios.Documented && slices.Contains(o.Claims, claim)
}

// onlyDuration is the duration that a text states, empty where it states none
// or several: which of them was measured nobody could tell.
func onlyDuration(text string) string {
	found := ""
	for _, f := range facts.Of(text) {
		if f.Type != facts.Duration {
			continue
		}
		if found != "" {
			return ""
		}
		if found = f.Raw; !facts.Parse(found).Same(f) {
			found = f.Value // as of "thirty seconds", where the number alone is the fact
		}
	}
	return found
}
