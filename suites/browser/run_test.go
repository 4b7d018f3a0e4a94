package browser_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/reports/timeline"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/sim"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// failing is the scenario of the sample that does not pass.
const failing = "database-refused"

// hostile is what a service may say to get at whoever reads of it.
const hostile = `</code></pre></svg></style><script>window.executed=1</script><img src=x onerror="window.executed=1"><a href="javascript:window.executed=1">x</a>` +
	"\x1b[31m\x1b]8;;http://x.test/\x07\xff\xfe\u202e{{.}}"

// played is a run of the model: one scenario in which the service answers 500 where the
// runbook says 503, and others that pass. requests are those of the load by scenario.
func played(t *testing.T) (run reports.Run, requests map[string]int) {
	t.Helper()
	text := runbook.Edition()
	r := ledger.RunResult{
		ID: "20260301-073000-7f3a", Began: time.Date(2026, 3, 1, 7, 30, 0, 0, time.UTC), Took: 72 * time.Second, Mode: scenarios.Verify,
		Provenance: record.Provenance{
			Suite: "v0.1.0", Target: record.TargetInfo{ID: "event-service", Version: "1.0.0", Digest: "sha256:39bb9743cfacba4839b84076eea27a98709714daa39f"},
			Runbook: record.Document{Name: "event-service.md", Text: string(text)}, Stack: record.StackInfo{Kind: "model"}, Machine: record.MachineInfo{OS: "linux", Arch: "amd64", CPUs: 2},
		},
	}
	requests = map[string]int{}
	for _, s := range []struct {
		scenarios.Scenario
		in sim.Mutation
	}{{symptoms.DatabaseRefused(), sim.RefusedIs500}, {symptoms.SlowQueries(), sim.Honest}, {symptoms.VenueDown(), sim.Honest}} {
		var recording record.Recording
		synctest.Test(t, func(t *testing.T) { play.Play(t.Context(), s.Scenario, sim.New(s.in), scenarios.Verify, &recording) })
		events := recording.Events()
		var b timeline.Builder
		for _, e := range events {
			b.Add(e)
			if e.Hit != nil && !e.Hit.Abandoned {
				requests[s.ID]++
			}
		}
		res := judge.Judge(s.Scenario, scenarios.Verify, false, events)
		drawn := b.Timeline(record.Playing{Scenario: s.ID})
		drawn.Log = timeline.Excerpt{Lines: []timeline.LogLine{{At: reports.Decisive(res, drawn), Count: 4, Text: "ERROR database unavailable " + strings.Repeat("connection-refused-", 20), Severe: true}}}
		r.Results = append(r.Results, res)
		run.Timelines = append(run.Timelines, drawn)
	}
	r.Ledger, r.Findings = runbook.Embedded().Ledger(runbook.Bind(text), r)
	for _, row := range r.Ledger {
		if row.Statement != nil && row.Statement.Kind == "command" && strings.Contains(row.Statement.Text, "psql") {
			r.Findings = append(r.Findings, ledger.Finding{
				Rule: "depends-on-role", Statement: row.Statement.ID, Line: row.Statement.Line, Ran: row.Statement.Text, Saw: "one row as service, none as administrator",
				Why: "two people see two different things", Proposal: "name the role", Fix: &ledger.Fix{Line: row.Statement.Line, Old: "psql", New: "psql -U service"},
			})
		}
	}
	r.Ledger = ledger.WithFindings(r.Ledger, r.Findings)
	r.Exit = r.ExitCode()
	run.Result = r
	return run, requests
}

// attacked is the same run of a service that says hostile things wherever it can.
func attacked(run reports.Run) reports.Run {
	r := run.Result
	r.Provenance.Target.ID, r.Provenance.Runbook.Text = hostile, hostile+"\n\n"+r.Provenance.Runbook.Text+"\n\n```\n"+hostile
	for i := range r.Results {
		res := &r.Results[i]
		res.Reason, res.Title, res.Faults = hostile, hostile, []string{hostile}
		for k := range res.Outcomes {
			o := &res.Outcomes[k]
			o.Reason, o.Expectation, o.Last.Body = hostile, hostile, hostile+strings.Repeat("x", 10<<20)
		}
		res.WitnessReports[0].Report.New = hostile
	}
	for i := range r.Ledger {
		r.Ledger[i].Reason, r.Ledger[i].CounterExample = hostile, hostile
	}
	for i := range r.Findings {
		r.Findings[i].Saw, r.Findings[i].Why, r.Findings[i].Proposal, r.Findings[i].Fix = hostile, hostile, hostile, nil
	}
	for i := range run.Timelines {
		run.Timelines[i].Log.Lines[0].Text = hostile
		run.Timelines[i].Lanes[0].Route = hostile
	}
	run.Result = r
	return run
}
