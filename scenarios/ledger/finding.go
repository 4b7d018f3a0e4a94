package ledger

import "slices"

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
	// Wrong says that the statement was found to be wrong, not only dangerous.
	Wrong bool `json:"wrong,omitempty"`
	// Why is why it matters, Proposal how the statement could read.
	Why      string `json:"why"`
	Proposal string `json:"proposal"`
	// Fix is the change of text that the proposal stands for, where a machine
	// can make it.
	Fix *Fix `json:"fix,omitempty"`
}

// Fix is a change of a document's text: the first Old at or behind the
// beginning of Line becomes New.
type Fix struct {
	Line int    `json:"line"`
	Old  string `json:"old"`
	New  string `json:"new"`
}

// WithFindings is a ledger in which the statements that findings are about are
// a HAZARD. What was found wrong stays FALSE: a hazard is no excuse for it. What
// has changed stays STALE, unless the changed text was itself found wrong. A
// finding is proof that something was run, so that UNTESTED gives way.
func WithFindings(rows []Row, findings []Finding) []Row {
	byStatement := map[string][]Finding{}
	for _, f := range findings {
		byStatement[f.Statement] = append(byStatement[f.Statement], f)
	}
	judged := make([]Row, 0, len(rows))
	for _, row := range rows {
		if row.Statement != nil {
			row = row.withFindings(byStatement[row.Statement.ID])
		}
		judged = append(judged, row)
	}
	return judged
}

func (row Row) withFindings(list []Finding) Row {
	first := 0
	if row.Verdict == Stale {
		first = slices.IndexFunc(list, func(f Finding) bool { return f.Wrong })
	}
	if row.Verdict == False || first < 0 || len(list) == 0 {
		return row
	}
	if row.Verdict == Stale {
		row.Verdict = False
	} else {
		row.Verdict = Hazard
	}
	row.Reason = list[first].Rule + ": " + list[first].Saw
	if n := len(list) - 1; n > 0 {
		row.Reason += more(n)
	}
	return row
}

func more(n int) string {
	if n == 1 {
		return " (and one more finding)"
	}
	return " (and more findings)"
}
