package reports_test

import (
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

func TestFailure(t *testing.T) {
	strict := passed()
	strict.Verdict, strict.Reason, strict.DecidedBy = judge.Failed, strict.Outcomes[2].Sentence(), keyOf(strict, 2)
	control := failed("x")
	control.Mode, control.Verdict = scenarios.Control, judge.Broken
	control.Reason = "the control does not hold: " + control.Reason
	slow := failed("x")
	slow.Outcomes[0].Phase, slow.Outcomes[0].Stage = scenarios.PhaseAfter, 0
	slow.Reason, slow.DecidedBy = slow.Outcomes[0].Sentence(), keyOf(slow, 0)
	control.Outcomes[0].FailingSince = time.Time{}
	start := bare("venue-down", judge.Failed, "start: exit status 1")

	for name, c := range map[string]struct {
		res   judge.Result
		stack string
		want  string
	}{
		"failed": {failed("x"), "processes", `database-slow: Failed (Postgres answers late, then too late)
  expected:  during (postgres answers 4s late): GET /api/v1/events answers 504 by 20s [latency.symptom.504]
  but:       not: answers 504
  last seen: 500 after 12ms; x
  since:     250ms into the scenario, for 4.8s (5 observations in all)
  runbook:   High Latency
  run alone: runproof verify database-slow --stack processes
`},
		// Of two faults neither is named: After comes when both are healed.
		"no recovery": {slow, "processes", `database-slow: Failed (Postgres answers late, then too late)
  expected:  after: GET /api/v1/events answers 504 by 20s [latency.symptom.504]
  but:       not: answers 504
  last seen: 500 after 12ms; x
  since:     250ms into the scenario, for 4.8s (5 observations in all)
  runbook:   High Latency
  run alone: runproof verify database-slow --stack processes
`},
		"only by strict judging": {strict, "containers", `database-refused: Failed (Postgres is gone and its port refuses connections)
  expected:  during: POST /api/v1/events answers 503 with Retry-After by 5s
  but:       not: with Retry-After
  last seen: 503 after 12ms
  runbook:   Database Connection Issues
  run alone: runproof verify database-refused --stack containers --strict
`},
		"control": {control, "", `database-slow: Broken (Postgres answers late, then too late)
  expected:  during (postgres answers 4s late): GET /api/v1/events answers 504 by 20s [latency.symptom.504]
  but:       not: answers 504
  last seen: 500 after 12ms; x
  runbook:   High Latency
  run alone: runproof verify database-slow --control
`},
		"never started": {start, "processes", `venue-down: Failed (The venue-service is gone)
  reason:    start: exit status 1
  runbook:   Circuit Breaker Open
  run alone: runproof verify venue-down --stack processes
`},
		"never judged": {bare("venue-down", judge.Unknown, ""), "processes", `venue-down: Unknown (The venue-service is gone)
  reason:    nobody has judged it
  runbook:   Circuit Breaker Open
  run alone: runproof verify venue-down --stack processes
`},
		"passed":      {passed(), "processes", ""},
		"unsupported": {bare("venue-frozen", judge.Unsupported, "no signals"), "processes", ""},
	} {
		if got := reports.Failure(c.res, ledger.RunResult{Provenance: record.Provenance{Stack: record.StackInfo{Kind: c.stack}}}); got != c.want {
			t.Errorf("%s:\n got: %s\nwant: %s", name, got, c.want)
		}
	}
}

// TestFailureQuotesForAShell: a name from a bundle may have been tampered with.
func TestFailureQuotesForAShell(t *testing.T) {
	got := reports.Failure(bare("a'; rm -rf $HOME #", judge.Broken, "x"), ledger.RunResult{Provenance: record.Provenance{Stack: record.StackInfo{Kind: "pro cesses"}}})
	if want := `run alone: runproof verify 'a'\''; rm -rf $HOME #' --stack 'pro cesses'`; !strings.Contains(got, want) {
		t.Errorf("no %s in:\n%s", want, got)
	}
}

// TestTerminalIsSafe: nothing that a target says moves the cursor.
func TestTerminalIsSafe(t *testing.T) {
	r := everywhere(hostile)
	for _, text := range []string{reports.Table(r), reports.Failure(r.Results[0], r)} {
		if strings.ContainsAny(text, "\x1b\x00\u202E\r") {
			t.Errorf("control characters in %q", text)
		}
	}
	if n := strings.Count(reports.Failure(r.Results[0], r), "\n"); n != 10 {
		t.Errorf("%d lines, not 10", n)
	}
}

// TestTableNeverCallsUndecidedGreen covers an exit code that nobody filled in.
func TestTableNeverCallsUndecidedGreen(t *testing.T) {
	r := mixed()
	r.Exit = 0
	if got := reports.Table(r); !strings.Contains(got, "Failed (exit 1)") {
		t.Error(got)
	}
	if got := reports.Table(ledger.RunResult{}); got != "Undecided (exit 3): no scenario was run; took 0s\n" {
		t.Error(got)
	}
}

// TestFailureQuotesTheRunbook: which of its lines was not kept. By hand: look for the
// claim of another row.
func TestFailureQuotesTheRunbook(t *testing.T) {
	r := run(failed("x"))
	for i := range r.Ledger {
		r.Ledger[i].Statement = &ledger.Statement{Line: 100 + i, Text: "Requests end\nwith " + r.Ledger[i].ID}
	}
	got := reports.Failure(r.Results[0], r)
	if want := "\n  promised:  line 101: Requests end with latency.symptom.504\n  expected:"; !strings.Contains(got, want) || strings.Count(got, "promised") != 1 {
		t.Errorf("no %q in:\n%s", want, got)
	}
}

// TestAGreenRunFitsAScreen, with everything in it that a green run can have. By hand:
// raise mostRows.
func TestAGreenRunFitsAScreen(t *testing.T) {
	var results []judge.Result
	for range 60 {
		results = append(results, passed())
	}
	r := run(results...)
	r.MinimumDuration = time.Minute
	r.Trials = []ledger.Trial{{Verdict: ledger.True}, {Verdict: ledger.Untested}}
	r.Findings = []ledger.Finding{{Rule: "a"}}
	got := reports.Table(r)
	if n := strings.Count(got, "\n"); n > 25 || r.Exit != judge.ExitPassed {
		t.Errorf("%d lines, exit %d:\n%s", n, r.Exit, got)
	}
	for _, want := range []string{"60 Passed", "detect      slowest: database-refused 312ms", "recover     slowest", "1 TRUE, 1 UNTESTED", "hazards     1 ", "waits       "} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in:\n%s", want, got)
		}
	}
	r.Results[17] = failed("x")
	if got := reports.Table(r); strings.Count(got, "database-slow") != 2 || strings.Contains(got, "database-refused  Passed") {
		t.Errorf("of a long run those are listed that did not pass:\n%s", got)
	}
}
