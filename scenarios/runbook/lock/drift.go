package lock

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/lint"
)

// Rule is the rule that drift is reported under.
const Rule = "drift"

// why it matters, whichever side moved.
const why = "what is on record was proven of another runbook or by other checks; nobody has proven this"

// proposal is the same for all: only a run can tell.
const proposal = "run runproof verify --lock and commit the lock with the change"

// Drift compares what is on record with the runbook and the code as they are.
// Wording and order may change freely; a fact, a claim and the check of a claim
// may not without a new record. The scenarios are those that try the claims.
func (l Lock) Drift(r *binding.Report, list []scenarios.Scenario) []lint.Finding {
	old := map[string]Claim{}
	for _, c := range l.Claims {
		old[c.ID] = c
	}
	found := []lint.Finding{}
	report := func(b binding.Binding, format string, args ...any) {
		f := lint.Finding{Rule: Rule, Severity: lint.Error, Line: 1, Column: 1, Claim: b.Claim.ID, Text: b.Claim.ID + ": " + fmt.Sprintf(format, args...), Why: why, Proposal: proposal}
		if b.Statement >= 0 {
			s := r.Document.Statements[b.Statement]
			f.Line, f.Column, f.Statement = s.Line, s.Column, s.ID
		}
		found = append(found, f)
	}
	for _, b := range r.Bindings {
		was, known := old[b.Claim.ID]
		delete(old, b.Claim.ID)
		if !known {
			report(b, "the claim is new and not on record")
			continue
		}
		now := claim(b, r, list)
		runbook, code := !slices.Equal(was.Facts, now.Facts), was.Code != now.Code
		switch {
		case runbook && code:
			report(b, "runbook and code both moved since the record: %s", changed(was.Facts, now.Facts))
		case runbook:
			report(b, "the runbook moved and the code did not: %s", changed(was.Facts, now.Facts))
		case code:
			report(b, "the claim or its check moved and the runbook did not")
		}
	}
	for _, c := range l.Claims {
		if _, gone := old[c.ID]; gone {
			found = append(found, lint.Finding{Rule: Rule, Severity: lint.Error, Line: 1, Column: 1, Claim: c.ID, Text: c.ID + ": the claim is on record and no longer there", Why: why, Proposal: proposal})
		}
	}
	return found
}

// changed says what is gone and what is new.
func changed(was, now []string) string {
	gone, added := without(was, now), without(now, was)
	switch {
	case len(now) == 0:
		return fmt.Sprintf("%q is not said any more", strings.Join(was, " "))
	case len(gone) == 0:
		return fmt.Sprintf("%q is new", strings.Join(added, " "))
	case len(added) == 0:
		return fmt.Sprintf("%q is gone", strings.Join(gone, " "))
	}
	return fmt.Sprintf("%q became %q", strings.Join(gone, " "), strings.Join(added, " "))
}

func without(list, other []string) []string {
	var rest []string
	for _, s := range list {
		if !slices.Contains(other, s) {
			rest = append(rest, s)
		}
	}
	return rest
}

// Count counts the claims on record by verdict.
func (l Lock) Count(v ledger.ClaimVerdict) int {
	n := 0
	for _, c := range l.Claims {
		if c.Verdict == v {
			n++
		}
	}
	return n
}
