package ledger

import (
	"time"

	"github.com/runproof/runproof/scenarios/judge"
)

// Repetition is one playing of a scenario that was played several times, as runs
// are compared by it.
type Repetition struct {
	Scenario string `json:"scenario"`
	// Number counts them from zero.
	Number  int           `json:"number"`
	Verdict judge.Verdict `json:"verdict"`
	// Definite says that there is definite evidence in it, Retried that it is a
	// second attempt.
	Definite  bool              `json:"definite,omitempty"`
	Retried   bool              `json:"retried,omitempty"`
	Detect    *time.Duration    `json:"detect,omitempty"`
	Recover   *time.Duration    `json:"recover,omitempty"`
	Latencies []judge.Latencies `json:"latencies,omitempty"`
}

// RepetitionOf is what is kept of one playing.
func RepetitionOf(r judge.Result, number int) Repetition {
	return Repetition{
		Scenario: r.Scenario, Number: number, Verdict: r.Verdict, Definite: r.Definite(), Retried: r.Discarded != nil,
		Detect: r.Detect, Recover: r.Recover, Latencies: r.Latencies,
	}
}

// Played lists every playing of a scenario, also of a run in which each was played
// once.
func (r RunResult) Played(scenario string) []Repetition {
	var list []Repetition
	for _, p := range r.Repetitions {
		if p.Scenario == scenario {
			list = append(list, p)
		}
	}
	if len(list) > 0 {
		return list
	}
	for _, res := range r.Results {
		if res.Scenario == scenario {
			list = append(list, RepetitionOf(res, 0))
		}
	}
	return list
}
