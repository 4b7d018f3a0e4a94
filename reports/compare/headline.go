package compare

import (
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// namedAtMost is how many of a kind the headline names.
const namedAtMost = 3

// headline is the whole in one sentence that somebody can act on.
func headline(c Comparison) string {
	var parts []string
	for _, k := range []struct {
		kind      Kind
		one, many string
	}{
		{OfScenario, "scenario fails that passed", "scenarios fail that passed"},
		{OfClaim, "claim is FALSE that was not", "claims are FALSE that were not"},
		{OfFinding, "finding is new", "findings are new"},
		{OfTime, "time is slower", "times are slower"},
		{OfLatency, "request percentile is slower", "request percentiles are slower"},
	} {
		parts = append(parts, counted(c.of(Regression, k.kind), k.one, k.many)...)
	}
	undecided := c.of(Undecided, "")
	both, decided := 0, 0
	for _, s := range c.Scenarios {
		if s.Baseline == nil || s.Candidate == nil {
			continue
		}
		decided++
		if s.Baseline.Verdict == judge.Failed && s.Candidate.Verdict == judge.Failed {
			both++
		}
	}
	word := "Go"
	switch {
	case len(parts) > 0:
		word = "No-go"
		parts = append(parts, counted(undecided, "thing is undecided", "things are undecided")...)
	case len(undecided) > 0:
		word = "Undecided"
		parts = append(parts, counted(undecided, "thing is undecided", "things are undecided")...)
		parts = append(parts, fmt.Sprintf("no regression in what was decided of %s", scenarioCount(decided)))
	default:
		parts = append(parts, fmt.Sprintf("no regression in %s", scenarioCount(decided)))
	}
	if both > 0 {
		parts = append(parts, fmt.Sprintf("%d failed in both", both))
	}
	parts = append(parts, counted(c.of(Allowed, ""), "deviation is accepted", "deviations are accepted")...)
	parts = append(parts, counted(c.of(Improvement, OfScenario), "scenario passes that failed", "scenarios pass that failed")...)
	expired := 0
	for _, d := range c.Deviations {
		if d.State == ledger.DeviationExpired {
			expired++
		}
	}
	if expired > 0 {
		parts = append(parts, fmt.Sprintf("of %d accepted the date has passed", expired))
	}
	return word + ": " + strings.Join(parts, "; ") + "."
}

func scenarioCount(n int) string {
	if n == 1 {
		return "1 scenario"
	}
	return fmt.Sprintf("%d scenarios", n)
}

// of are the changes of a weight and a kind; the empty kind means all.
func (c Comparison) of(w Weight, k Kind) []Change {
	var list []Change
	for _, change := range c.Changes {
		if change.Weight == w && (k == "" || change.Kind == k) {
			list = append(list, change)
		}
	}
	return list
}

// counted is a number of changes and the names of the first; nothing for none.
func counted(list []Change, one, many string) []string {
	if len(list) == 0 {
		return nil
	}
	text := fmt.Sprintf("%d %s", len(list), many)
	if len(list) == 1 {
		text = "1 " + one
	}
	var names []string
	for _, change := range list[:min(len(list), namedAtMost)] {
		name := change.Subject()
		if change.Kind == OfTime || change.Kind == OfLatency {
			name += fmt.Sprintf(": %s instead of %s", change.Is, change.Was)
		}
		names = append(names, name)
	}
	if more := len(list) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return []string{fmt.Sprintf("%s (%s)", text, strings.Join(names, ", "))}
}
