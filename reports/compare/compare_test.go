package compare_test

import (
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/reports/compare"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

var began = time.Date(2030, 5, 31, 12, 0, 0, 0, time.UTC)

// run is one in which these scenarios were played.
func run(id string, results ...judge.Result) ledger.RunResult {
	return ledger.RunResult{ID: id, Began: began, Mode: scenarios.Verify, Results: results, Provenance: record.Provenance{
		Suite: "v1", Runbook: record.Document{SHA256: "r"}, Target: record.TargetInfo{ID: "t", Digest: id},
	}}
}

func result(id string, v judge.Verdict, unmet ...judge.Outcome) judge.Result {
	return judge.Result{Scenario: id, Verdict: v, Reason: "reason", Outcomes: unmet}
}

func outcome(expectation string, change ...func(*judge.Outcome)) judge.Outcome {
	o := judge.Outcome{Phase: scenarios.PhaseDuring, ID: expectation, Expectation: expectation, Basis: scenarios.Documented, Observations: 1}
	for _, c := range change {
		c(&o)
	}
	return o
}

func definite(o *judge.Outcome) { o.Definite = true }
func held(o *judge.Outcome)     { o.Held = true }
func contract(o *judge.Outcome) { o.Invariant, o.Basis = judge.InvariantContract, scenarios.Contract }

func repeated(r ledger.RunResult, scenario string, verdicts ...judge.Verdict) ledger.RunResult {
	for i, v := range verdicts {
		r.Repetitions = append(r.Repetitions, ledger.Repetition{Scenario: scenario, Number: i, Verdict: v})
	}
	return r
}

const (
	passed, failed, broken = judge.Passed, judge.Failed, judge.Broken
	unsupported            = judge.Unsupported
	regression             = compare.Regression
	undecided              = compare.Undecided
)

// By hand: let verdictChange take what is flaky for a regression, or Broken for
// nothing, and rows go red.
func TestWhatDecides(t *testing.T) {
	one := func(v judge.Verdict, unmet ...judge.Outcome) []judge.Result {
		return []judge.Result{result("s", v, unmet...)}
	}
	flaky := func(r ledger.RunResult) ledger.RunResult { return repeated(r, "s", failed, passed) }
	plain := func(r ledger.RunResult) ledger.RunResult { return r }
	for name, c := range map[string]struct {
		was, is []judge.Result
		change  func(ledger.RunResult) ledger.RunResult // of the candidate
		want    string                                  // weights and kinds
		exit    int
	}{
		"passed both":               {one(passed), one(passed), plain, "", 0},
		"failed now":                {one(passed), one(failed, outcome("e")), plain, "regression scenario", 1},
		"failed both alike":         {one(failed, outcome("e")), one(failed, outcome("e")), plain, "", 0},
		"failed both, more now":     {one(failed, outcome("e"), outcome("f", held)), one(failed, outcome("e"), outcome("f")), plain, "regression finding", 1},
		"failed both, unknown then": {one(failed, outcome("e")), one(failed, outcome("e"), outcome("f")), plain, "", 0},
		"failed both, definite now": {one(failed, outcome("e")), one(failed, outcome("e"), outcome("f", definite)), plain, "regression finding", 1},
		"failed then":               {one(failed, outcome("e")), one(passed), plain, "improvement scenario", 0},
		"broken now":                {one(passed), one(broken), plain, "undecided scenario", 3},
		"broken then":               {one(broken), one(passed), plain, "", 0},
		"broken then, failed now":   {one(broken), one(failed, outcome("e")), plain, "undecided scenario", 3},
		"broken then, definite now": {one(broken), one(failed, outcome("e", definite)), plain, "regression finding, undecided scenario", 1},
		"broken both":               {one(broken), one(broken), plain, "undecided scenario", 3},
		"unsupported both":          {one(unsupported), one(unsupported), plain, "", 0},
		"unsupported now":           {one(passed), one(unsupported), plain, "undecided scenario", 3},
		"flaky now":                 {one(passed), one(failed, outcome("e")), flaky, "undecided scenario", 3},
		"flaky and definite now":    {one(passed), one(failed, outcome("e", definite)), flaky, "regression scenario, regression finding", 1},
		"contract broken now":       {one(passed), one(failed, outcome("e", contract)), plain, "regression scenario, regression finding", 1},
		"new":                       {one(passed), []judge.Result{result("s", passed), result("n", passed)}, plain, "neutral scenario", 0},
		"new and failed":            {one(passed), []judge.Result{result("s", passed), result("n", failed)}, plain, "undecided scenario", 3},
		"new and definite": {
			one(passed), []judge.Result{result("s", passed), result("n", failed, outcome("e", definite))}, plain,
			"regression finding, undecided scenario", 1,
		},
		"not finished": {one(passed), one(passed), func(r ledger.RunResult) ledger.RunResult { r.Unfinished = "interrupted"; return r }, "undecided run", 3},
		"gone":         {[]judge.Result{result("s", passed), result("g", passed)}, one(passed), plain, "undecided scenario", 3},
	} {
		got := compare.Runs(run("a", c.was...), c.change(run("b", c.is...)))
		var changes []string
		for _, change := range got.Changes {
			changes = append(changes, string(change.Weight)+" "+string(change.Kind))
		}
		if said := strings.Join(changes, ", "); said != c.want || got.Exit != c.exit {
			t.Errorf("%s: exit %d, %q; want %d, %q", name, got.Exit, said, c.exit, c.want)
		}
		word := map[int]string{0: "Go:", 1: "No-go:", 3: "Undecided:"}[c.exit]
		if !strings.HasPrefix(got.Headline, word) {
			t.Errorf("%s: headline %q", name, got.Headline)
		}
	}
}

func TestClaims(t *testing.T) {
	row := func(v ledger.ClaimVerdict, in ...string) ledger.Row {
		return ledger.Row{Claim: ledger.Claim{ID: "c"}, Verdict: v, Scenarios: in}
	}
	for name, c := range map[string]struct {
		was, is ledger.Row
		want    compare.Weight // empty: no change
	}{
		"FALSE now":            {row(ledger.True, "s"), row(ledger.False, "s"), regression},
		"FALSE now, a hazard":  {row(ledger.Hazard, "s"), row(ledger.False, "s"), regression},
		"FALSE now, unknown":   {row(ledger.Untested, "s"), row(ledger.False, "s"), undecided},
		"FALSE now, a command": {row(ledger.True), row(ledger.False), regression},
		"FALSE now, flaky":     {row(ledger.True, "flaky"), row(ledger.False, "flaky"), undecided},
		"FALSE now, elsewhere": {row(ledger.True, "elsewhere"), row(ledger.False, "s"), ""},
		"TRUE now":             {row(ledger.False, "s"), row(ledger.True, "s"), compare.Improvement},
		"untested now":         {row(ledger.True, "s"), row(ledger.Untested, "s"), undecided},
		"untested now, broken": {row(ledger.True, "broken"), row(ledger.Untested, "broken"), compare.Neutral},
		"a hazard now":         {row(ledger.True, "s"), row(ledger.Hazard, "s"), compare.Neutral},
		"the same":             {row(ledger.False, "s"), row(ledger.False, "s"), ""},
	} {
		a := run("a", result("s", passed), result("flaky", passed), result("broken", passed))
		b := run("b", result("s", passed), result("flaky", failed), result("broken", broken))
		a.Ledger, b.Ledger = []ledger.Row{c.was}, []ledger.Row{c.is}
		got := compare.Weight("")
		for _, change := range compare.Runs(a, repeated(b, "flaky", failed, passed)).Changes {
			if change.Kind == compare.OfClaim {
				got = change.Weight
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestWhatCannotBeCompared(t *testing.T) {
	for want, change := range map[string]func(*ledger.RunResult){
		"another runbook (r and q)":               func(r *ledger.RunResult) { r.Provenance.Runbook.SHA256 = "q" },
		"another version of runproof (v1 and v2)": func(r *ledger.RunResult) { r.Provenance.Suite = "v2" },
		"another mode (verify and control)":       func(r *ledger.RunResult) { r.Mode = scenarios.Control },
		"only one of them is strict":              func(r *ledger.RunResult) { r.Strict = true },
	} {
		b := run("b", result("s", failed, outcome("e", definite)))
		change(&b)
		c := compare.Runs(run("a", result("s", passed)), b)
		if c.Exit != judge.ExitUndecided || c.Headline != "Not comparable: "+want+"." || len(c.Changes) > 0 {
			t.Errorf("exit %d, %q; want %q", c.Exit, c.Headline, want)
		}
	}
}

func TestAnAcceptedRegressionIsSaid(t *testing.T) {
	b := run("b", result("s", failed, outcome("e")))
	b.Accepted = []ledger.Deviation{
		{Scenario: "s", Expectation: "e", Reason: "known", Until: "2030-06-30"},
		{Scenario: "s", Time: compare.TimeRecover, Reason: "gone", Until: "2030-06-30"},
	}
	c := compare.Runs(run("a", result("s", passed)), b)
	if c.Exit != judge.ExitPassed || !strings.Contains(c.Headline, "1 deviation is accepted") || c.Changes[0].Accepted == nil {
		t.Errorf("exit %d, %q, %+v", c.Exit, c.Headline, c.Changes)
	}
	if c.Deviations[0].State != ledger.DeviationSeen || c.Deviations[1].State != ledger.DeviationGone {
		t.Errorf("%+v", c.Deviations)
	}
	b.Accepted[0].Until = "2030-05-30"
	if c = compare.Runs(run("a", result("s", passed)), b); c.Exit != judge.ExitFailed || c.Deviations[0].State != ledger.DeviationExpired {
		t.Errorf("after the last day: exit %d, %+v", c.Exit, c.Deviations)
	}
}
