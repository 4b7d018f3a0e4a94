package ledger

import (
	"slices"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// Deviation is something that is known to be otherwise than promised, and
// accepted for a while. It names a claim, an expectation of a scenario, or, where
// runs are compared, a time of a scenario or a route that became slower.
type Deviation struct {
	Claim       string `json:"claim,omitempty" yaml:"claim"`
	Scenario    string `json:"scenario,omitempty" yaml:"scenario"`
	Expectation string `json:"expectation,omitempty" yaml:"expectation"`
	Time        string `json:"time,omitempty" yaml:"time"`
	Route       string `json:"route,omitempty" yaml:"route"`
	// Reason is why it is accepted, Until the last day of that (UTC, RFC 3339's
	// full-date).
	Reason string `json:"reason" yaml:"reason"`
	Until  string `json:"until" yaml:"until"`
}

// Subject is what is accepted, in a line.
func (d Deviation) Subject() string {
	switch {
	case d.Claim != "":
		return "claim " + d.Claim
	case d.Route != "":
		return "latency of " + d.Route
	case d.Time != "":
		return d.Scenario + ": time " + d.Time
	}
	return d.Scenario + ": " + d.Expectation
}

// Expired reports whether the last day is over.
func (d Deviation) Expired(at time.Time) bool { return at.UTC().Format(time.DateOnly) > d.Until }

// covers reports whether the deviation is that an expectation does not hold.
func (d Deviation) covers(scenario, expectation string, claims []string) bool {
	return d.Claim != "" && slices.Contains(claims, d.Claim) ||
		d.Expectation != "" && d.Scenario == scenario && d.Expectation == expectation
}

// Deviations are known deviations, as of one moment.
type Deviations struct {
	List []Deviation
	At   time.Time
}

// Known are those that were accepted for the run.
func (r RunResult) Known() Deviations { return Deviations{r.Accepted, r.Began} }

// first is the first deviation that is still accepted and is meant.
func (a Deviations) first(meant func(Deviation) bool) *Deviation {
	for i, d := range a.List {
		if !d.Expired(a.At) && meant(d) {
			return &a.List[i]
		}
	}
	return nil
}

// Outcome is the deviation that accepts an outcome; nil: none does.
func (a Deviations) Outcome(scenario string, o judge.Outcome) *Deviation {
	return a.first(func(d Deviation) bool { return d.covers(scenario, o.Expectation, o.Claims) })
}

// Result is a deviation that accepts a Failed result: each expectation of it that
// decides and did not hold must be accepted. Nil for one that failed otherwise.
func (a Deviations) Result(r judge.Result, strict bool) (accepted *Deviation) {
	for _, o := range Unmet(r, strict) {
		if accepted = a.Outcome(r.Scenario, o); accepted == nil {
			return nil
		}
	}
	return accepted
}

// Row is a deviation that accepts a claim's being FALSE; nil: none does.
func (a Deviations) Row(row Row) *Deviation {
	if d := a.first(func(d Deviation) bool { return row.ID != "" && d.Claim == row.ID }); d != nil {
		return d
	}
	var accepted *Deviation
	for _, e := range row.Evidence {
		if e.Held || e.Basis != scenarios.Documented {
			continue
		}
		accepted = a.first(func(d Deviation) bool { return d.covers(e.Scenario, e.Expectation, nil) })
		if accepted == nil {
			return nil
		}
	}
	return accepted
}

// Time is the deviation that accepts a slower time of a scenario.
func (a Deviations) Time(scenario, name string) *Deviation {
	return a.first(func(d Deviation) bool { return d.Time != "" && d.Scenario == scenario && d.Time == name })
}

// Route is the deviation that accepts a slower route.
func (a Deviations) Route(route string) *Deviation {
	return a.first(func(d Deviation) bool { return d.Route != "" && d.Route == route })
}

// Unmet lists the outcomes of a result that decide and did not hold. Where the
// run was strict, inferred ones decide as well.
func Unmet(r judge.Result, strict bool) []judge.Outcome {
	var list []judge.Outcome
	for _, o := range r.Outcomes {
		if !o.Held && !o.Contained && o.Observations > 0 && (strict || o.Basis != scenarios.Inferred) {
			list = append(list, o)
		}
	}
	return list
}

// DeviationState is what became of an accepted deviation in a run.
type DeviationState string

// The states of a deviation.
const (
	DeviationSeen     DeviationState = "seen"
	DeviationGone     DeviationState = "gone"
	DeviationExpired  DeviationState = "expired"
	DeviationUntested DeviationState = "not tested"
)

// State says what became of an accepted deviation in the run. Of slower times a
// single run tells nothing.
func (r RunResult) State(d Deviation) DeviationState {
	if d.Expired(r.Began) {
		return DeviationExpired
	}
	if d.Claim != "" {
		return r.stateOfClaim(d.Claim)
	}
	state := DeviationUntested
	for _, res := range r.Results {
		for _, o := range res.Outcomes {
			if d.Expectation == "" || res.Scenario != d.Scenario || o.Expectation != d.Expectation || o.Observations == 0 {
				continue
			}
			if !o.Held {
				return DeviationSeen
			}
			state = DeviationGone
		}
	}
	return state
}

func (r RunResult) stateOfClaim(claim string) DeviationState {
	for _, row := range r.Ledger {
		if row.ID != claim {
			continue
		}
		switch row.Verdict {
		case False:
			return DeviationSeen
		case True, Hazard:
			return DeviationGone
		}
	}
	return DeviationUntested
}
