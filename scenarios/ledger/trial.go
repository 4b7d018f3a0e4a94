package ledger

import "github.com/runproof/runproof/scenarios"

// Trial is what became of one command of the document that was executed as
// printed: in the healthy world, in broken ones, and after their healing.
type Trial struct {
	Statement Statement `json:"statement"`
	// Claim is the claim that is bound to the statement, if any.
	Claim string `json:"claim,omitempty"`
	// Executions are in the order in which they were made.
	Executions []scenarios.Execution `json:"executions,omitempty"`
	// Verdict and Reason are what follows from them.
	Verdict ClaimVerdict `json:"verdict"`
	Reason  string       `json:"reason,omitempty"`
	// CounterExample names the broken world of this very run in which the same
	// command read differently.
	CounterExample string `json:"counterExample,omitempty"`
}

// In lists the executions of one world.
func (t Trial) In(world string) []scenarios.Execution {
	var list []scenarios.Execution
	for _, x := range t.Executions {
		if x.World == world {
			list = append(list, x)
		}
	}
	return list
}

// WithTrials is a ledger with what follows from the trials of the document's
// commands. What a command was seen to do otherwise than said is FALSE, also
// where the text has changed since it was bound: the changed text was tried. A
// claim that a scenario has decided stays decided.
func WithTrials(rows []Row, trials []Trial) []Row {
	byStatement := map[string]Trial{}
	for _, t := range trials {
		if known, ok := byStatement[t.Statement.ID]; !ok || known.Verdict != False {
			byStatement[t.Statement.ID] = t
		}
	}
	judged := make([]Row, 0, len(rows))
	for _, row := range rows {
		if row.Statement != nil {
			if t, ok := byStatement[row.Statement.ID]; ok {
				row = row.tried(t)
			}
		}
		judged = append(judged, row)
	}
	return judged
}

// tried is a row with the trial of its statement.
func (row Row) tried(t Trial) Row {
	open := row.Verdict == Untested && row.Untestable == ""
	switch {
	case t.Verdict == False:
		row.Verdict, row.Reason = False, "executed as printed: "+t.Reason
	case t.Verdict == True && open && (len(row.Scenarios) == 0 || row.HeldOnly):
		row.Verdict, row.Reason, row.HeldOnly, row.CounterExample = True, "", false, "executed as printed: "+t.CounterExample
	case open && len(row.Scenarios) == 0:
		row.Reason = "executed as printed: " + t.Reason
	}
	for _, x := range t.Executions {
		if x.Unsupported != "" {
			continue
		}
		row.Evidence = append(row.Evidence, Evidence{
			Scenario: "trial of the command: " + x.World, Arm: scenarios.Verify, Phase: x.Phase, Basis: scenarios.Documented,
			Expectation: x.Command, Held: x.Ran(), Observation: x.String(),
		})
	}
	return row
}
