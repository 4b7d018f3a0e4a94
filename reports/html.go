package reports

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
)

// ContentPolicy is the strictest policy under which report.html opens: no
// script, nothing loaded. The page states it itself.
const ContentPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

//go:embed report.html.tmpl
var pageText string

var page = template.Must(template.New("report.html").Parse(pageText))

// The page's view of a result: every text is ready to be shown, escaping is
// left to html/template.
type (
	pageView struct {
		Policy     string
		Title      string
		Class      string
		Headline   string
		Scenarios  []scenarioView
		Ledger     []ledgerView
		LedgerLine string
		Remedies   []remedyView
		Facts      []fact
	}
	scenarioView struct {
		ID, Title, Section, Severity string
		Verdict, Class               string
		Detect, Recover, Claims      string
		Took, Faults                 string
		Failure, Discarded           string
		Impact, Signals              string
		Outcomes                     []outcomeView
		Chart                        *chartView
		Witness                      []witnessView
		Answers                      []answerView
		Done                         []doneView
		States                       []stateView
		Advice                       []string
	}
	outcomeView struct{ Phase, Expectation, Basis, Result, Class, After, Observations, Last, Reason string }
	witnessView struct{ When, Want, Said, Class string }
	answerView  struct{ When, Asked, Text string }
	doneView    struct{ Remedy, Took, Text string }
	remedyView  struct{ Remedy, Claim, Scenario, Effect, Why string }
	stateView   struct{ Claim, State, Class, Reason string }
	ledgerView  struct{ Line, Section, ID, Text, Verdict, Class, Basis, Evidence, CounterExample, Reason string }
)

// HTML renders the result as report.html: one file that loads nothing and runs
// nothing, in light and dark, readable without any colour.
func HTML(r ledger.RunResult) ([]byte, error) {
	r = kept(r)
	v := pageView{
		Policy: ContentPolicy, Title: "runproof: " + outcome(r), Class: outcomeClass(exit(r)), Headline: headline(r),
		Facts: provenance(r),
	}
	for _, res := range r.Results {
		v.Scenarios = append(v.Scenarios, viewScenario(res, r))
	}
	for _, t := range r.Remedies {
		v.Remedies = append(v.Remedies, remedyView{line(t.Remedy), line(t.Claim), line(t.Scenario), t.Effect(), line(t.Why)})
	}
	if len(r.Ledger) > 0 {
		v.LedgerLine = ledgerTally(r.Ledger)
	}
	for _, row := range r.Ledger {
		v.Ledger = append(v.Ledger, ledgerView{
			Line: statementLine(row), Section: line(sectionOf(row)), ID: orDash(row.ID), Text: line(claimText(row)),
			Verdict: line(string(row.Verdict)), Class: claimClass(row.Verdict),
			Basis: orDash(string(row.Basis)), Evidence: orDash(decidedBy(row)), CounterExample: orDash(row.CounterExample), Reason: line(row.Reason),
		})
	}
	var b bytes.Buffer
	if err := page.Execute(&b, v); err != nil {
		return nil, fmt.Errorf("report.html: %w", err)
	}
	return b.Bytes(), nil
}

func viewScenario(res judge.Result, r ledger.RunResult) scenarioView {
	v := scenarioView{
		ID: line(res.Scenario), Title: line(res.Title), Section: line(res.Section), Severity: line(string(res.Severity)),
		Verdict: verdict(res.Verdict), Class: verdictClass(res.Verdict),
		Detect: maybe(res.Detect), Recover: maybe(res.Recover), Claims: claims(res), Took: duration(res.Took),
		Faults: orDash(strings.Join(res.Faults, ", then ")), Failure: clean(Failure(res, r)), Discarded: discarded(res), Chart: chart(res),
		Impact: impactLine(res), Signals: signalsLine(res),
	}
	if res.Verdict == judge.Unsupported {
		v.Failure = reason(res)
	}
	for _, o := range res.Outcomes {
		v.Outcomes = append(v.Outcomes, viewOutcome(res, o))
	}
	for _, t := range res.WitnessReports {
		w := witnessView{When: phase(res, t.Phase, t.Stage), Want: line(string(t.Want)), Said: line(t.Report.String()), Class: "good"}
		if t.Report.Presence != t.Want {
			w.Class = "bad"
		}
		v.Witness = append(v.Witness, w)
	}
	for _, a := range res.Answers {
		v.Answers = append(v.Answers, answerView{When: line(string(a.Phase)), Asked: clean(a.Step.Command), Text: clean(a.Text())})
	}
	for _, d := range res.Remedies {
		v.Done = append(v.Done, doneView{Remedy: clean(d.Remedy), Took: duration(d.Took), Text: clean(d.Text())})
	}
	for _, c := range res.Claims {
		v.States = append(v.States, stateView{Claim: line(c.Claim), State: line(string(c.State)), Class: stateClass(c.State), Reason: line(c.Reason)})
	}
	for _, a := range res.Advice {
		v.Advice = append(v.Advice, line(a))
	}
	return v
}

func viewOutcome(res judge.Result, o judge.Outcome) outcomeView {
	v := outcomeView{
		Phase: during(res, o), Expectation: line(o.Expectation), Basis: line(string(o.Basis)),
		Result: "did not hold", Class: "bad", After: nothing, Observations: fmt.Sprint(o.Observations),
		Last: line(o.Last.String()), Reason: line(o.Reason),
	}
	switch {
	case o.Held:
		v.Result, v.Class, v.After = "held", "good", duration(o.After)
	case o.Contained:
		v.Result, v.Class = "contained", "open"
	case o.Observations == 0:
		v.Result, v.Class = "not looked at", "open"
	case o.Basis == scenarios.Inferred:
		v.Result, v.Class = "advice", "open"
	}
	return v
}

// The classes colour what the words say already: good, bad or open.

func outcomeClass(code int) string {
	switch code {
	case judge.ExitPassed:
		return "good"
	case judge.ExitFailed:
		return "bad"
	}
	return "open"
}

func verdictClass(v judge.Verdict) string {
	switch v {
	case judge.Passed:
		return "good"
	case judge.Failed:
		return "bad"
	}
	return "open"
}

func stateClass(s judge.ClaimState) string {
	switch s {
	case judge.ClaimHeld:
		return "good"
	case judge.ClaimBroken:
		return "bad"
	}
	return "open"
}

func claimClass(v ledger.ClaimVerdict) string {
	switch v {
	case ledger.True:
		return "good"
	case ledger.False, ledger.Hazard:
		return "bad"
	}
	return "open"
}

// sectionOf is the section of a row: its claim's, or its statement's.
func sectionOf(row ledger.Row) string {
	if row.Section == "" && row.Statement != nil {
		return row.Statement.Section
	}
	return row.Section
}

func orDash(s string) string {
	if s = line(s); s == "" {
		return nothing
	}
	return s
}
