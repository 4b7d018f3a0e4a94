package scenarios

import (
	"time"
)

// MinimumDuration is the longest chain of waits that the runbook itself asks for in a
// scenario: a breaker half-opens after 30 s, a query shows once it is older
// than a minute. No machine plays the scenario in less.
func (s Scenario) MinimumDuration() time.Duration {
	waits := func(list []Expectation) (most time.Duration) {
		for _, e := range specs(list) {
			most = max(most, e.NotBefore)
		}
		return most
	}
	var sum time.Duration
	for _, stage := range s.Stages() {
		sum += stage.Fault.Lasts()
		sum += waits(stage.During)
	}
	recovery, _ := s.Afterwards()
	return sum + waits(recovery)
}
