package runbook

import (
	"fmt"
	"strings"

	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook/binding"
	"github.com/runproof/runproof/scenarios/runbook/document"
)

// NoScenario is the reason of a claim that no scenario tries.
const NoScenario = "no scenario yet"

// Entries are what the ledger has rows for: every statement of the document in
// its order, then the claims that it does not make.
func (s Set) Entries(r *binding.Report) []ledger.Entry {
	var list []ledger.Entry
	tried := s.tried()
	for i, stated := range r.Document.Statements {
		statement := shown(stated)
		bound := r.Of(i)
		for _, b := range bound {
			list = append(list, entry(b, statement, tried))
		}
		if len(bound) == 0 {
			e := ledger.Entry{Statement: statement, Verdict: ledger.Untested, Reason: Excuse(stated, nil)}
			if e.Claim.Untestable = e.Reason; e.Reason == "" {
				e.Reason = "no claim is bound to it"
			}
			list = append(list, e)
		}
	}
	for _, b := range r.Bindings {
		if b.Statement >= 0 {
			continue
		}
		e := ledger.Entry{Claim: b.Claim.Claim, Verdict: ledger.Untested, Reason: "the runbook does not say it"}
		switch {
		case r.Foreign != "":
			e.Reason = r.Foreign
		case b.State == binding.Ambiguous:
			e.Reason = "equal candidates, so bound to none: lines " + lines(r.Document, b.Candidates)
		}
		list = append(list, e)
	}
	return list
}

func entry(b binding.Binding, statement *ledger.Statement, tried map[string]bool) ledger.Entry {
	e := ledger.Entry{Claim: b.Claim.Claim, Statement: statement}
	switch {
	case b.State == binding.Stale:
		e.Verdict = ledger.Stale
		e.Reason = fmt.Sprintf("the runbook says %q, the claim stands on %q", b.New, b.Old)
	case e.Claim.Untestable != "":
		e.Verdict, e.Reason = ledger.Untested, e.Claim.Untestable
	case !tried[e.Claim.ID]:
		e.Reason = NoScenario
	}
	return e
}

// tried are the claims that some scenario tries.
func (s Set) tried() map[string]bool {
	ids := map[string]bool{}
	for _, played := range s.Scenarios {
		for _, id := range played.Claims() {
			ids[id] = true
		}
		for _, step := range played.Diagnosis {
			ids[step.Claim] = true
		}
	}
	return ids
}

func shown(s document.Statement) *ledger.Statement {
	return &ledger.Statement{ID: s.ID, Kind: string(s.Kind), Section: s.Section(), Line: s.Line, Column: s.Column, Text: s.Text}
}

func lines(d *document.Document, list []int) string {
	var all []string
	for _, i := range list {
		all = append(all, fmt.Sprint(d.Statements[i].Line))
	}
	return strings.Join(all, ", ")
}
