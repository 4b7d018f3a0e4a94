package ledger

import (
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
)

// Statement is one checkable line of a runbook, as the ledger shows it.
type Statement struct {
	// ID survives re-ordering and re-wording of what is around the statement.
	ID      string `json:"id"`
	Kind    string `json:"kind"`
	Section string `json:"section,omitempty"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Text    string `json:"text"`
}

// Entry is what the parser hands to the ledger: a statement, a claim, or both.
type Entry struct {
	Claim     Claim
	Statement *Statement
	// Verdict is set where no playing can decide, and Reason says why: the text
	// changed, or no machine can try it.
	Verdict ClaimVerdict
	Reason  string
}

// Evidence is what one check of a claim saw.
type Evidence struct {
	Scenario    string          `json:"scenario"`
	Arm         scenarios.Mode  `json:"arm"`
	Phase       scenarios.Phase `json:"phase"`
	Basis       scenarios.Basis `json:"basis"`
	Expectation string          `json:"expectation"`
	Held        bool            `json:"held"`
	// Observation is what was seen last.
	Observation string `json:"observation,omitempty"`
}

// New gives every statement its row, in the order of the entries. Where
// an entry has a verdict of its own, playing does not overrule it.
func New(entries []Entry, results []judge.Result, counterExamples CounterExamples) []Row {
	rows, telling := make([]Row, 0, len(entries)), byClaim(results)
	for _, e := range entries {
		row := Row{Claim: e.Claim, Statement: e.Statement, Verdict: e.Verdict, Reason: e.Reason}
		if e.Verdict == "" {
			row.Verdict = Untested
			if row.Reason == "" {
				row.Reason = "no scenario was played for it"
			}
			row = weigh(row, telling[e.Claim.ID], counterExamples)
		}
		rows = append(rows, row.withEvidence(telling[e.Claim.ID]))
	}
	return rows
}

// withEvidence adds what the checks of the claim saw.
func (row Row) withEvidence(results []judge.Result) Row {
	if row.ID == "" {
		return row
	}
	for _, r := range results {
		row.Evidence = append(row.Evidence, executedFor(row.ID, r)...)
		for _, o := range r.Outcomes {
			for _, id := range o.Claims {
				if id != row.ID {
					continue
				}
				row.Evidence = append(row.Evidence, Evidence{
					Scenario: r.Scenario, Arm: r.Mode, Phase: o.Phase, Basis: o.Basis,
					Expectation: o.Expectation, Held: o.Held, Observation: o.Last.String(),
				})
				if o.Basis == scenarios.Documented && (row.Verdict == True || row.Verdict == False) {
					row.Basis = scenarios.Documented
				}
			}
		}
	}
	return row
}
