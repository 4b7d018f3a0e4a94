package gameday

import "github.com/runproof/runproof/scenarios"

// Weights: a P1 is drawn four times as often as a P4; what was never drilled,
// or failed in the last game that drew it, three times as often as what was just
// drilled with success. In between it grows by one with each game since.
const (
	weightUnknown = 3
	weightFailed  = 3
)

var weightOf = map[scenarios.Severity]int{scenarios.P1: 4, scenarios.P2: 3, scenarios.P3: 2, scenarios.P4: 1}

// Weigh gives candidates their weights by the games before, the oldest first.
func Weigh(candidates []Candidate, before []Record) []Candidate {
	weighed := make([]Candidate, 0, len(candidates))
	for _, c := range candidates {
		c.Weight = max(1, weightOf[c.Severity]) * drilled(c.Scenario, before)
		weighed = append(weighed, c)
	}
	return weighed
}

func drilled(scenario string, before []Record) int {
	for since := range before {
		r := before[len(before)-1-since]
		for _, p := range r.Sealed.Draw.Plays {
			if p.Scenario != scenario {
				continue
			}
			if r.Milestones().Resolved().IsZero() {
				return weightFailed
			}
			return min(1+since, weightUnknown)
		}
	}
	return weightUnknown
}
