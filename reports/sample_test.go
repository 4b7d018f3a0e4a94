package reports_test

import (
	"time"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/reports/timeline"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/fault"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

var began = time.Date(2026, 3, 1, 9, 30, 0, 250_000_000, time.FixedZone("", 2*60*60))

func ptr[T any](v T) *T { return &v }

func answer(status int, body string) scenarios.Observation {
	return scenarios.Observation{At: began.Add(6 * time.Second), Took: 12 * time.Millisecond, Status: status, Body: body}
}

// passed is a scenario as it should be.
func passed() judge.Result {
	const refused = "postgres refuses connections"
	return judge.Result{
		Scenario: "database-refused", Title: "Postgres is gone and its port refuses connections",
		Section: "Database Connection Issues", Severity: scenarios.P1, Faults: []string{refused},
		Mode: scenarios.Verify, Verdict: judge.Passed, Began: began, Took: 8400 * time.Millisecond,
		Signals: map[judge.Signal]judge.Times{
			judge.SignalReadiness: {Detect: ptr(312 * time.Millisecond), Recover: ptr(1240 * time.Millisecond)},
			judge.SignalLog:       {Detect: ptr(64 * time.Millisecond)},
		},
		Impact: &judge.Impact{
			Before: judge.Share{Sent: 8}, During: judge.Share{Sent: 8, Failed: 6}, After: judge.Share{Sent: 7},
			Endpoints:       map[string]judge.Share{"POST /api/v1/events": {Sent: 4, Failed: 4}, "GET /api/v1/events": {Sent: 4, Failed: 2}},
			TenantsAffected: 2, Tenants: 2,
			Reachable: map[fault.Dependency]string{fault.Postgres: "connection refused", fault.Redis: ""},
		},
		Detect: ptr(312 * time.Millisecond), Recover: ptr(1240 * time.Millisecond),
		Outcomes: []judge.Outcome{
			{Phase: scenarios.PhaseSteady, ID: "GET /health/ready answers 200", Expectation: "GET /health/ready answers 200 by 10s", Basis: scenarios.Implied, Held: true, Observations: 1, Last: answer(200, `{"status":"UP"}`), After: 20 * time.Millisecond},
			{Phase: scenarios.PhaseDuring, ID: "POST /api/v1/events answers 503", Expectation: "POST /api/v1/events answers 503 by 5s", Basis: scenarios.Documented, Claims: []string{"database.symptom.503"}, Held: true, Observations: 2, Last: answer(503, `{"type":"about:blank","status":503}`), After: 312 * time.Millisecond, Gap: 50 * time.Millisecond},
			{Phase: scenarios.PhaseDuring, ID: "POST /api/v1/events answers 503 with Retry-After", Expectation: "POST /api/v1/events answers 503 with Retry-After by 5s", Basis: scenarios.Inferred, Reason: "not: with Retry-After", Observations: 40, Last: answer(503, "")},
			{Phase: scenarios.PhaseAfter, ID: "GET /health/ready answers 200", Expectation: "GET /health/ready answers 200 by 15s, 3 times", Basis: scenarios.Implied, Held: true, Observations: 9, Last: answer(200, `{"status":"UP"}`), After: 1240 * time.Millisecond},
			{Phase: scenarios.PhaseAlways, ID: "GET /health/live answers 200", Expectation: "GET /health/live answers 200 by 5s", Basis: scenarios.Implied, Held: true, Observations: 33, Last: answer(200, "")},
		},
		WitnessReports: []judge.WitnessCheck{
			{Phase: scenarios.PhaseBefore, Want: record.Inactive, Report: record.WitnessReport{Presence: record.Inactive, New: "select 1 answered"}},
			{Phase: scenarios.PhaseDuring, Want: record.Active, Report: record.WitnessReport{Presence: record.Active, Old: "unexpected EOF", New: "connection refused"}},
			{Phase: scenarios.PhaseAfter, Want: record.Inactive, Report: record.WitnessReport{Presence: record.Inactive, New: "select 1 answered"}},
		},
		Remedies: []judge.RemedyDone{
			{Remedy: "restart the service", At: began.Add(3 * time.Second), Took: 80 * time.Millisecond},
			{
				Remedy: "redis-cli DEL \"event:1\"", At: began.Add(4 * time.Second), Took: 12 * time.Millisecond,
				Executions: []scenarios.Execution{{Command: "redis-cli DEL \"event:1\"", Exits: []int{0}, Took: 12 * time.Millisecond, Stdout: "(integer) 1\n"}},
			},
		},
		Claims: []judge.ClaimOutcome{{Claim: "database.symptom.503", State: judge.ClaimHeld}},
		Advice: []string{"during: POST /api/v1/events answers 503 with Retry-After by 5s: not: with Retry-After; last seen: 503 after 12ms"},
	}
}

// failed is a scenario in which the service answers 500 for 503; body is what it answers.
func failed(body string) judge.Result {
	last := answer(500, body)
	o := judge.Outcome{
		Phase: scenarios.PhaseDuring, Stage: 1, ID: "GET /api/v1/events answers 504", Expectation: "GET /api/v1/events answers 504 by 20s", Basis: scenarios.Documented,
		Claims: []string{"latency.symptom.504"}, Reason: "not: answers 504", Observations: 5, Last: last,
		FailingSince: began.Add(1250 * time.Millisecond),
	}
	decidedBy := o.Key("database-slow")
	return judge.Result{
		DecidedBy: &decidedBy,
		Scenario:  "database-slow", Title: "Postgres answers late, then too late", Section: "High Latency", Severity: scenarios.P2,
		Faults: []string{"postgres answers 350ms late", "postgres answers 4s late"}, Mode: scenarios.Verify,
		Verdict: judge.Failed, Reason: o.Sentence(), Began: began.Add(time.Second), Took: 71 * time.Second,
		Detect: ptr(4100 * time.Millisecond),
		Outcomes: []judge.Outcome{
			o,
			{Phase: scenarios.PhaseAfter, ID: "GET /health/ready answers 200", Expectation: "GET /health/ready answers 200 by 15s", Basis: scenarios.Implied, Reason: "never looked at"},
		},
		Answers: []judge.Answer{{
			Phase: scenarios.PhaseDuring, Step: scenarios.Sh("latency.resolution.queries", "psql -c \"SELECT 1;\""),
			Executions: []scenarios.Execution{{Command: "psql -c \"SELECT 1;\"", As: "service", Exits: []int{0}, Took: time.Millisecond, Stdout: body}}, Err: "timeout",
		}},
		Claims: []judge.ClaimOutcome{{Claim: "latency.symptom.504", State: judge.ClaimBroken, Reason: o.Sentence()}},
	}
}

// recorded is what was recorded of each result: requests before, under and after a
// fault, with a line of the log that says s.
func recorded(r ledger.RunResult, s string) reports.Run {
	run := reports.Run{Result: r}
	for _, res := range r.Results {
		var b timeline.Builder
		at := func(seconds float64) time.Time { return res.Began.Add(time.Duration(seconds * float64(time.Second))) }
		b.Add(record.Event{At: res.Began, Kind: record.EventPhase, Phase: scenarios.PhaseProve})
		for i := range 40 {
			sent := at(0.5 + float64(i)/5)
			failed := i > 10 && i < 20
			b.Add(record.Event{At: sent.Add(30 * time.Millisecond), Kind: record.EventHit, Hit: &record.Hit{
				Route: []string{"GET /api/v1/events", "POST /api/v1/events" + s}[i%2], Tenant: []scenarios.Caller{scenarios.TheTenant, scenarios.OtherTenant}[i%3%2],
				Sent: sent, Done: sent.Add(time.Duration(i+1) * time.Millisecond), Failed: failed,
			}})
		}
		b.Add(record.Event{At: at(2.5), Kind: record.EventInject, Took: 100 * time.Millisecond, Text: s})
		b.Add(record.Event{At: at(2.6), Kind: record.EventWitnessReport, WitnessReport: &record.WitnessReport{Presence: record.Active, New: s}})
		b.Add(record.Event{At: at(4.5), Kind: record.EventHeal})
		b.Add(record.Event{At: at(6), Kind: record.EventRemedy, Took: time.Second, Text: s})
		b.Add(record.Event{At: at(7), Kind: record.EventStall, Took: time.Second, Text: s})
		t := b.Timeline(record.Playing{Scenario: res.Scenario})
		t.Log = timeline.Excerpt{Lines: []timeline.LogLine{{At: at(2.6), Count: 3, Text: "ERROR " + s, Severe: true}}, Omitted: 1}
		run.Timelines = append(run.Timelines, t)
	}
	return run
}

// keyOf is what decided, where one of the outcomes did.
func keyOf(r judge.Result, index int) *judge.OutcomeKey {
	key := r.Outcomes[index].Key(r.Scenario)
	return &key
}

// bare is a scenario that came to nothing, for the reason given.
func bare(id string, v judge.Verdict, reason string) judge.Result {
	return judge.Result{
		Scenario: id, Title: "The venue-service is gone", Section: "Circuit Breaker Open", Severity: scenarios.P2,
		Faults: []string{"venue-service refuses connections"}, Mode: scenarios.Verify, Verdict: v, Reason: reason,
		Began: began, Took: time.Second,
		Claims: []judge.ClaimOutcome{{Claim: "breaker.symptom.503", State: judge.ClaimUntested, Reason: reason}},
	}
}

func run(results ...judge.Result) ledger.RunResult {
	r := ledger.RunResult{
		ID: "20260301-073000-7f3a", Began: began, Took: 72 * time.Second, Mode: scenarios.Verify, Results: results,
		Provenance: record.Provenance{
			Suite:   "v0.1.0",
			Target:  record.TargetInfo{ID: "reference", Version: "1.0.0", Digest: "sha256:ab12"},
			Runbook: record.Document{Name: "event-service.md (embedded edition)", SHA256: "cd34"},
			Stack:   record.StackInfo{Kind: "processes", Services: []record.ServerInfo{{Name: "postgres", Version: "17.2"}}},
			Seed:    42,
			Machine: record.MachineInfo{OS: "linux", Arch: "amd64", CPUs: 2, Kernel: "6.12"},
		},
	}
	r.Exit = r.ExitCode()
	r.Ledger = ledger.Ledger([]ledger.Claim{
		{ID: "database.symptom.503", Section: "Database Connection Issues", Text: "requests that need the database are answered 503", Facts: []string{"503"}},
		{ID: "latency.symptom.504", Section: "High Latency", Text: "requests end with 504", Facts: []string{"504"}},
		{ID: "breaker.symptom.503", Section: "Circuit Breaker Open", Text: "requests that need a venue are answered 503"},
	}, results, ledger.CounterExamples{"database.symptom.503": {{World: "a service that answers 500", OutcomeKey: judge.OutcomeKey{
		Scenario: "database-refused", Phase: scenarios.PhaseDuring, Expectation: "POST /api/v1/events answers 503",
	}}}})
	return r
}

// mixed is a run with every verdict there is.
func mixed() ledger.RunResult {
	r := run(
		passed(),
		failed(`{"type":"about:blank","title":"Internal Server Error"}`),
		bare("venue-down", judge.Broken, "lane: no free port"),
		bare("venue-slow", judge.Inconclusive, "no witness: venue-service answers 2s late, but absent"),
		bare("venue-frozen", judge.Unsupported, "the target cannot be sent signals"),
		bare("venue-unjudged", judge.Unknown, ""),
	)
	r.Remedies = []judge.RemedyTrial{{
		Scenario: "database-refused", Remedy: "restart", Claim: "database.resolution.restart", Decided: true,
		Why: "never faster than nothing: with the fault in force not within its deadlines",
	}}
	r.Results[0].Discarded = &judge.Attempt{Verdict: judge.Inconclusive, Reason: "no witness: <postgres> was not asked in time"}
	r.Unstable = []string{"venue-slow: Passed the first time, Inconclusive in repetition 2: <no witness>"}
	return r
}
