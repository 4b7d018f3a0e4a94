package ledger

import (
	"strings"
	"testing"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// By hand: let contrasted look at the first expectation alone, and "one of two" is TRUE.
func TestAClaimIsTrueByTheRunItselfOnlyWhereEveryCheckWasSeenToFail(t *testing.T) {
	const claim = "a.b.c"
	differs := &judge.Contrast{Phase: scenarios.PhaseBefore, Seen: "200 after 3ms"}
	same := &judge.Contrast{Phase: scenarios.PhaseSteady, Holds: true, Seen: "503 after 3ms"}
	of := func(contrasts ...*judge.Contrast) judge.Result {
		r := judge.Result{Scenario: "played", Verdict: judge.Passed, Claims: []judge.ClaimOutcome{{Claim: claim, State: judge.ClaimHeld}}}
		for _, c := range contrasts {
			r.Outcomes = append(r.Outcomes, judge.Outcome{
				Phase: scenarios.PhaseDuring, ID: "answers(503)", Expectation: "GET /x answers 503", Basis: scenarios.Documented,
				Claims: []string{claim}, Held: true, Observations: 1, Contrast: c,
			})
		}
		return r
	}
	broken := of(differs)
	broken.Claims[0].State = judge.ClaimBroken
	undecided := of(differs)
	undecided.Claims[0].State, undecided.Claims[0].Reason = judge.ClaimUntested, "Inconclusive: no witness"
	recorded := CounterExamples{claim: {{World: "a mutant", OutcomeKey: judge.OutcomeKey{Scenario: "another"}}}}
	for name, c := range map[string]struct {
		results []judge.Result
		known   CounterExamples
		want    ClaimVerdict
		says    string
	}{
		"it was false before":             {[]judge.Result{of(differs)}, nil, True, ""},
		"it was true before":              {[]judge.Result{of(same)}, nil, Untested, "is true before the fault as well: 503 after 3ms"},
		"one of two":                      {[]judge.Result{of(differs, same)}, nil, Untested, "is true before the fault as well"},
		"one of two, in two scenarios":    {[]judge.Result{of(differs), of(same)}, nil, Untested, "is true before the fault as well"},
		"nothing was seen before":         {[]judge.Result{of(differs, nil)}, nil, Untested, "no counter-example"},
		"it did not hold":                 {[]judge.Result{of(differs), broken}, nil, False, ""},
		"it was not decided":              {[]judge.Result{undecided}, nil, Untested, "no witness"},
		"decided once, undecided once":    {[]judge.Result{of(differs), undecided}, nil, Untested, "no witness"},
		"a defect of another is recorded": {[]judge.Result{of(differs)}, recorded, Untested, "no counter-example"},
	} {
		rows := Ledger([]Claim{{ID: claim}}, c.results, c.known)
		row := WithContrasts(rows, c.results, c.known)[0]
		if row.Verdict != c.want || !strings.Contains(row.Reason, c.says) || (row.CounterExample != "") != (c.want == True) {
			t.Errorf("%s: %s (%s), counter-example %q", name, row.Verdict, row.Reason, row.CounterExample)
		}
	}
	row := WithContrasts(Ledger([]Claim{{ID: claim}}, []judge.Result{of(differs)}, nil), []judge.Result{of(differs)}, nil)[0]
	if want := "played, before the fault, in this run: 200 after 3ms"; row.CounterExample != want {
		t.Errorf("counter-example %q, want %q", row.CounterExample, want)
	}
}
