package ledger

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// Claim is the meaning of one statement of the runbook, under a stable id.
type Claim struct {
	// ID is section, part and fact: "database.symptom.503".
	ID string `json:"id"`
	// Section is the heading under which the runbook states it.
	Section string `json:"section"`
	// Text is what is claimed, in the project's own words.
	Text string `json:"text"`
	// Facts are the literals on which the claim stands: a status, a path, a
	// log word, a number of seconds.
	Facts []string `json:"facts,omitempty"`
	// Untestable is the reason why no machine can ever decide the claim: who
	// is to be called at night is no property of a service.
	Untestable string `json:"untestable,omitempty"`
}

// ClaimVerdict is what a ledger says of a claim.
type ClaimVerdict string

// The verdicts of a claim.
const (
	// True: proven, with a counter-example on record.
	True ClaimVerdict = "TRUE"
	// False: tried and found wrong.
	False ClaimVerdict = "FALSE"
	// Hazard: true, yet harmful or misleading as written.
	Hazard ClaimVerdict = "HAZARD"
	// Untested: nothing follows, for the reason given.
	Untested ClaimVerdict = "UNTESTED"
	// Stale: the runbook's text changed since the claim was bound to it.
	Stale ClaimVerdict = "STALE"
)

// Row is one statement with its claim, its verdict and the evidence for
// it. A statement that nobody claims has a row without a claim, a claim that
// the runbook does not make has one without a statement.
type Row struct {
	Claim
	Statement *Statement   `json:"statement,omitempty"`
	Verdict   ClaimVerdict `json:"verdict"`
	Reason    string       `json:"reason,omitempty"`
	// HeldOnly says that it is untested though it has held: nothing shows that its
	// checks can fail. NoSteadyState, that it is for want of a steady state.
	HeldOnly      bool `json:"heldOnly,omitempty"`
	NoSteadyState bool `json:"noSteadyState,omitempty"`
	// Scenarios are those whose playing decided the claim, or tried to.
	Scenarios []string `json:"scenarios,omitempty"`
	// Basis is that of the checks that decided: documented.
	Basis scenarios.Basis `json:"basis,omitempty"`
	// Evidence is what was seen, one line for each check of the claim.
	Evidence []Evidence `json:"evidence,omitempty"`
	// CounterExample names a broken world that turned the claim FALSE. Without
	// one a check may be unable to fail, and the claim is not called TRUE.
	CounterExample string `json:"counterExample,omitempty"`
}

// Ledger gives every claim its verdict from what was played. One broken
// playing makes a claim FALSE, however many held; what some scenario proves by
// silence between tenants is broken by a leak in any other. Of the
// counter-examples one of an expectation that held is asked for.
func Ledger(claims []Claim, results []judge.Result, counterExamples CounterExamples) []Row {
	telling := byClaim(leaking(results))
	rows := make([]Row, 0, len(claims))
	for _, c := range claims {
		row := Row{Claim: c, Verdict: Untested, Reason: "no scenario was played for it"}
		rows = append(rows, weigh(row, telling[c.ID], counterExamples).withEvidence(telling[c.ID]))
	}
	return rows
}

// byClaim lists for each claim the results that tell of it, in their order.
func byClaim(results []judge.Result) map[string][]judge.Result {
	telling := map[string][]judge.Result{}
	for _, r := range results {
		var claims []string
		for _, c := range r.Claims {
			claims = append(claims, c.Claim)
		}
		for _, o := range r.Outcomes {
			claims = append(claims, o.Claims...)
		}
		for _, a := range r.Answers {
			claims = append(claims, a.Step.Claim)
		}
		slices.Sort(claims)
		for _, id := range slices.Compact(claims) {
			telling[id] = append(telling[id], r)
		}
	}
	return telling
}

func weigh(row Row, results []judge.Result, known CounterExamples) Row {
	var held, untested, broken []string
	var elsewhere []string // by scenarios that are for another kind of stack
	unsteady := false      // the first of the untested is
	for _, r := range results {
		for _, o := range r.Claims {
			if o.Claim != row.ID {
				continue
			}
			if !slices.Contains(row.Scenarios, r.Scenario) {
				row.Scenarios = append(row.Scenarios, r.Scenario)
			}
			said := fmt.Sprintf("%s: %s", r.Scenario, o.Reason)
			switch o.State {
			case judge.ClaimBroken:
				broken = append(broken, said)
			case judge.ClaimHeld:
				held = append(held, said)
				row.CounterExample = cmp.Or(row.CounterExample, known.of(row.ID, r), o.CounterExample)
			default:
				if o.OtherStack {
					elsewhere = append(elsewhere, said)
					continue
				}
				unsteady = unsteady || len(untested) == 0 && o.NoSteadyState
				untested = append(untested, said)
			}
		}
	}
	switch {
	case len(broken) > 0:
		row.Verdict, row.Reason = False, broken[0]
	case len(held) > 0 && len(untested) > 0:
		row.Reason, row.NoSteadyState = untested[0], unsteady
	case len(held) > 0 && row.CounterExample == "":
		row.Reason, row.HeldOnly = "held, but no counter-example shows that the check can fail", true
	case len(held) > 0:
		row.Verdict, row.Reason = True, ""
	case len(untested) > 0:
		row.Reason, row.NoSteadyState = untested[0], unsteady
	case len(elsewhere) > 0:
		row.Reason = elsewhere[0]
	}
	return row
}

// UnknownClaims lists the claims that scenarios name and the list of claims lacks.
func UnknownClaims(list []scenarios.Scenario, claims []Claim) []string {
	known := map[string]bool{}
	for _, c := range claims {
		known[c.ID] = true
	}
	var missing []string
	for _, s := range list {
		ids := s.Claims()
		for _, step := range s.Diagnosis {
			ids = append(ids, step.Claim)
		}
		for _, id := range ids {
			if !known[id] && !slices.Contains(missing, id) {
				missing = append(missing, id)
			}
		}
	}
	return missing
}
