package runbook_test

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/runbook"
)

// hazardsOf are the rules that find something at a claim, in a run.
func hazardsOf(claim string, run ledger.RunResult) []string {
	var list []string
	_, findings := runbook.Embedded().Ledger(runbook.Bind(runbook.Edition()), run)
	for _, f := range findings {
		if f.Claim == claim {
			list = append(list, f.Rule)
		}
	}
	return list
}

func TestARemedyThatDoesNothingIsAHazard(t *testing.T) {
	const claim = "incident.mitigate.dependency"
	idle := judge.RemedyTrial{Scenario: "a", Remedy: "restart", Claim: claim, Decided: true, Why: "never faster than nothing"}
	heals, harms, undecided := idle, idle, idle
	heals.Heals, harms.Harmful, undecided.Decided = true, true, false
	for name, c := range map[string]struct {
		trials []judge.RemedyTrial
		want   string
	}{
		"idle":                        {[]judge.RemedyTrial{idle}, "idle-advice"},
		"idle, and heals another":     {[]judge.RemedyTrial{idle, heals}, ""},
		"harmful, and heals another":  {[]judge.RemedyTrial{harms, heals}, "harmful-advice"},
		"undecided":                   {[]judge.RemedyTrial{undecided}, ""},
		"of a claim that is not made": {[]judge.RemedyTrial{{Claim: "no.such", Decided: true}}, ""},
	} {
		got := hazardsOf(claim, ledger.RunResult{Remedies: c.trials})
		if len(got) > 1 || len(got) == 1 && got[0] != c.want || len(got) == 0 && c.want != "" {
			t.Errorf("%s: %v, not %q", name, got, c.want)
		}
	}
}

// TestAnAdviceIsTrueWhereItsRemedyHeals, and open where nobody tried it. By
// hand: without the harm in the condition, what heals here and harms there is TRUE.
func TestAnAdviceIsTrueWhereItsRemedyHeals(t *testing.T) {
	const claim = "incident.mitigate.dependency"
	heals := judge.RemedyTrial{Scenario: "venue-down", Remedy: "fallback", Claim: claim, Decided: true, Heals: true, Why: "not by itself"}
	idle, harms := heals, heals
	idle.Heals, harms.Harmful = false, true
	undecided := heals
	undecided.Decided = false
	for name, c := range map[string]struct {
		trials []judge.RemedyTrial
		want   ledger.ClaimVerdict
	}{
		"not tried":            {nil, ledger.Untested},
		"undecided":            {[]judge.RemedyTrial{undecided}, ledger.Untested},
		"heals":                {[]judge.RemedyTrial{heals}, ledger.True},
		"idle":                 {[]judge.RemedyTrial{idle}, ledger.Hazard},
		"heals and harms":      {[]judge.RemedyTrial{harms}, ledger.Hazard},
		"idle here, not there": {[]judge.RemedyTrial{idle, heals}, ledger.True},
	} {
		rows, _ := runbook.Embedded().Ledger(runbook.Bind(runbook.Edition()), ledger.RunResult{Remedies: c.trials})
		for _, row := range rows {
			if row.ID == claim && row.Verdict != c.want {
				t.Errorf("%s: %s (%s)", name, row.Verdict, row.Reason)
			}
		}
	}
}

// TestTheHonestModelFindsNothing: what the scenarios show of an honest service
// makes no statement of the edition a hazard.
func TestTheHonestModelFindsNothing(t *testing.T) {
	_, findings := runbook.Embedded().Ledger(runbook.Bind(runbook.Edition()), ledger.RunResult{Results: honest(t)})
	for _, f := range findings {
		t.Errorf("line %d: %s: %s", f.Line, f.Rule, f.Saw)
	}
}

// TestALogWordOfAnotherSectionIsAHazard, seen by a check that looked for it.
func TestALogWordOfAnotherSectionIsAHazard(t *testing.T) {
	const claim = "breaker.symptom.opened"
	res := judge.Result{
		Scenario: "database-slow", Section: "High Latency", Verdict: judge.Passed, Faults: []string{"postgres is slow"},
		Outcomes: []judge.Outcome{{Phase: scenarios.PhaseDuring, Expectation: `log contains "x"`, Observations: 1, Last: scenarios.Observation{Lines: []string{"Circuit breaker opened"}}}},
	}
	own := judge.Result{
		Scenario: "venue-down", Section: "Circuit Breaker Open", Verdict: judge.Passed, Faults: []string{"venue-service is gone"},
		Outcomes: []judge.Outcome{{Phase: scenarios.PhaseDuring, Expectation: `log contains "Circuit breaker opened"`, Observations: 1, Held: true, Last: scenarios.Observation{Lines: []string{"Circuit breaker opened"}}}},
	}
	if got := hazardsOf(claim, ledger.RunResult{Results: []judge.Result{own, res}}); len(got) != 1 || got[0] != "attributed-elsewhere" {
		t.Errorf("%v", got)
	}
	if got := hazardsOf(claim, ledger.RunResult{Results: []judge.Result{own}}); len(got) > 0 {
		t.Errorf("%v", got)
	}
}

// TestWhatStandsInTheSameLineTellsTwoFaultsApart: a word that another fault logs
// too is no hazard where the runbook says what stands beside it. Nor is the name
// of a field, which stands in every line.
func TestWhatStandsInTheSameLineTellsTwoFaultsApart(t *testing.T) {
	played := func(section, fault, expectation, line string) judge.Result {
		return judge.Result{
			Scenario: fault, Section: section, Verdict: judge.Passed, Faults: []string{fault},
			Outcomes: []judge.Outcome{{Phase: scenarios.PhaseDuring, Expectation: expectation, Observations: 1, Held: true, Last: scenarios.Observation{Lines: []string{line}}}},
		}
	}
	run := ledger.RunResult{Results: []judge.Result{
		played("Database Connection Issues", "postgres is gone", `log contains "ECONNREFUSED"`, `{"msg":"database unavailable","error":"connect ECONNREFUSED","tenant_id":"a"}`),
		played("Health Checks", "redis is gone", `log contains "ECONNREFUSED"`, `{"msg":"redis unavailable","error":"connect ECONNREFUSED","tenant_id":"a"}`),
	}}
	for _, claim := range []string{"database.symptom.econnrefused", "tenant.symptom.missing-tenant-id"} {
		if got := hazardsOf(claim, run); len(got) > 0 {
			t.Errorf("%s: %v", claim, got)
		}
	}
	run.Results[1].Outcomes[0].Last.Lines[0] = `{"msg":"redis unavailable, and so is the database: database unavailable","error":"connect ECONNREFUSED"}`
	if got := hazardsOf("database.symptom.econnrefused", run); len(got) != 1 {
		t.Errorf("a line that says all of it under another fault: %v", got)
	}
}

// TestAColumnOfAStatementIsNoWord: which statement is the first to be slow is
// the machine's affair, and was a hazard on a slow one.
func TestAColumnOfAStatementIsNoWord(t *testing.T) {
	const claim = "tenant.symptom.missing-tenant-id"
	for line, want := range map[string]int{
		`{"msg":"Slow query","query":"SELECT id, tenant_id\n FROM events"}`:           0,
		`{"msg":"Slow query","query":"INSERT INTO events (tenant_id) VALUES ($1)"}`:   0,
		`{"msg":"Slow query","query":"update events set tenant_id = $1"}`:             0,
		`{"msg":"Slow query","query":"SELECT 1 FROM events","detail":"no tenant_id"}`: 1,
		`{"msg":"Slow query","detail":"select a tenant_id for your request"}`:         1,
		`{"msg":"Slow query","detail":"Update of tenant_id is refused"}`:              1,
		`level=WARN msg="Slow query" detail="no tenant_id"`:                           1,
	} {
		run := ledger.RunResult{Results: []judge.Result{
			{
				Scenario: "own", Section: "Tenant Isolation Issues", Verdict: judge.Passed, Faults: []string{"the tenant is missing"},
				Outcomes: []judge.Outcome{{
					Phase: scenarios.PhaseDuring, Expectation: `log contains "tenant_id"`, Observations: 1, Held: true,
					Last: scenarios.Observation{Lines: []string{`{"msg":"tenant_id is required"}`}},
				}},
			},
			{
				Scenario: "slow", Section: "High Latency", Verdict: judge.Passed, Faults: []string{"postgres is slow"},
				Outcomes: []judge.Outcome{{
					Phase: scenarios.PhaseDuring, Expectation: `log mentions "slow query"`, Observations: 1, Held: true,
					Last: scenarios.Observation{Lines: []string{line}},
				}},
			},
		}}
		if got := hazardsOf(claim, run); len(got) != want {
			t.Errorf("%s: %v", line, got)
		}
	}
}

// TestADurationIsTheMeasuredOne: the breaker's half minute, and a document that
// says something else.
func TestADurationIsTheMeasuredOne(t *testing.T) {
	const claim = "breaker.resolution.half-open"
	const stated = "half-open after 30 seconds"
	half := judge.Outcome{
		Expectation: "POST", Basis: scenarios.Documented, Claims: []string{claim}, Held: true,
		NotBefore: 28 * time.Second, NotAfter: 32 * time.Second, SinceMilestone: 30200 * time.Millisecond,
	}
	missed, inferred := half, half
	missed.Held, inferred.Basis = false, scenarios.Inferred
	for name, c := range map[string]struct {
		says    string
		outcome judge.Outcome
		want    bool
	}{
		"as measured":        {stated, half, false},
		"other than written": {"half-open after 45 seconds", half, true},
		"never came about":   {"half-open after 45 seconds", missed, false},
		"nobody's promise":   {"half-open after 45 seconds", inferred, false},
	} {
		text := bytes.Replace(runbook.Edition(), []byte(stated), []byte(c.says), 1)
		if !bytes.Contains(text, []byte(c.says)) {
			t.Fatalf("the edition does not say %q", c.says)
		}
		_, findings := runbook.Embedded().Ledger(runbook.Bind(text), ledger.RunResult{
			Results: []judge.Result{{Scenario: "venue-down", Outcomes: []judge.Outcome{c.outcome}}},
		})
		found := slices.ContainsFunc(findings, func(f ledger.Finding) bool { return f.Rule == "measured-otherwise" && f.Claim == claim })
		if found != c.want {
			t.Errorf("%s: found %v, want %v: %v", name, found, c.want, findings)
		}
	}
}
