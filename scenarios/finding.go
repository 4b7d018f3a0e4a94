package scenarios

// Finding is something of the runbook that may be true and is dangerous or
// misleading as written: found by executing and comparing.
type Finding struct {
	// Rule is the id of the rule that found it.
	Rule string `json:"rule"`
	// Statement and Claim are the ids of what it is about.
	Statement string `json:"statement"`
	Claim     string `json:"claim,omitempty"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	// Ran is what was run or measured, and in which world; Saw what came out.
	Ran string `json:"ran"`
	Saw string `json:"saw"`
	// Why is why it matters, Proposal how the statement could read.
	Why      string `json:"why"`
	Proposal string `json:"proposal"`
	// Mend is the change of text that the proposal stands for, where a machine
	// can make it.
	Mend *Mend `json:"mend,omitempty"`
}

// Mend is a change of a document's text: the first Old at or behind the
// beginning of Line becomes New.
type Mend struct {
	Line int    `json:"line"`
	Old  string `json:"old"`
	New  string `json:"new"`
}

// WithFindings is a ledger in which the statements that findings are about are
// a HAZARD. What was found wrong, or has changed, stays that: a hazard is no
// excuse for it. A finding is proof that something was run, so that UNTESTED
// gives way.
func WithFindings(rows []LedgerRow, findings []Finding) []LedgerRow {
	first := map[string]Finding{}
	count := map[string]int{}
	for _, f := range findings {
		if count[f.Statement]++; count[f.Statement] == 1 {
			first[f.Statement] = f
		}
	}
	judged := make([]LedgerRow, 0, len(rows))
	for _, row := range rows {
		if row.Statement != nil && count[row.Statement.ID] > 0 && row.Verdict != False && row.Verdict != Stale {
			f := first[row.Statement.ID]
			row.Verdict, row.Reason = Hazard, f.Rule+": "+f.Saw
			if n := count[row.Statement.ID] - 1; n > 0 {
				row.Reason += more(n)
			}
		}
		judged = append(judged, row)
	}
	return judged
}

func more(n int) string {
	if n == 1 {
		return " (and one more finding)"
	}
	return " (and more findings)"
}
