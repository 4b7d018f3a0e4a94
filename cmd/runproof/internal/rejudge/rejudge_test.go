package rejudge

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runproof/runproof/cmd/runproof/internal/bundle"
	"github.com/runproof/runproof/cmd/runproof/internal/conclude"
	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/runbook"
	"github.com/runproof/runproof/scenarios/runbook/file"
	"github.com/runproof/runproof/scenarios/sim"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// ours says that the scenarios were those of this repository.
func ours(*record.Provenance) {}

// verified plays scenarios in the model and leaves the bundle of that run: each
// twice, the second time in a mutated model, and their remedies in arms. What else it
// was made of is about.
func verified(t *testing.T, second sim.Mutation, about func(*record.Provenance), list ...scenarios.Scenario) string {
	t.Helper()
	text := runbook.Edition()
	b, err := bundle.Create(t.TempDir(), "run", text)
	if err != nil {
		t.Fatal(err)
	}
	options := play.Options{Mode: scenarios.Verify, Sink: func(s scenarios.Scenario, p record.Playing) (record.Keeper, func() error, error) {
		mode := scenarios.Verify
		if p.Arm > 0 {
			mode = scenarios.Arms
		}
		return b.Sink(s, p, mode)
	}}
	r := ledger.RunResult{ID: "run", Mode: scenarios.Verify, Provenance: record.Provenance{Runbook: runbook.Identify("", text)}}
	r.Provenance.Runbook.Text = string(text)
	about(&r.Provenance)
	var played conclude.Played
	synctest.Test(t, func(t *testing.T) {
		r.Began = time.Now().UTC()
		for n, mutation := range []sim.Mutation{sim.Honest, second} {
			options.Repetition = n
			played.Repetitions = append(played.Repetitions, play.Run(context.Background(), list, sim.Worlds{Mutation: mutation}, options))
		}
		options.Repetition = 0
		played.Remedies = play.RunArms(context.Background(), list, sim.Worlds{}, options)
	})
	if err := b.Write(conclude.Run(runbook.Embedded(), r, played)); err != nil {
		t.Fatal(err)
	}
	return b.Dir()
}

func opened(t *testing.T, dir string) *bundle.Reader {
	t.Helper()
	b, err := bundle.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func rendered(t *testing.T, r ledger.RunResult) []byte {
	t.Helper()
	text, err := reports.JSON(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestTheSameVerdictsFromDisk: verdicts, evidence, ledger and remedies are, to the
// byte, those of the run, also in another directory. By hand: judge.Judge with
// strict in rejudge.
func TestTheSameVerdictsFromDisk(t *testing.T) {
	dir := verified(t, sim.RefusedIs500, ours, symptoms.DatabaseRefused(), symptoms.VenueDown())
	moved := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.CopyFS(moved, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	then, err := os.ReadFile(filepath.Join(dir, reports.ResultFile))
	if err != nil {
		t.Fatal(err)
	}
	b := opened(t, moved)
	now, carried := Run(b)
	if len(carried) > 0 {
		t.Errorf("not judged again: %q", carried)
	}
	if !bytes.Equal(rendered(t, now), then) {
		t.Errorf("not the same: %q", Differences(b.Result(), now))
	}
	if now.Exit != judge.ExitFailed || len(now.Unstable) == 0 || len(now.Remedies) == 0 {
		t.Errorf("exit %d, unstable %q, %d remedies: an empty look proves nothing", now.Exit, now.Unstable, len(now.Remedies))
	}
}

// TestTheFilesOfTheRunDecide: a bundle of a user's scenarios is judged by those, which
// it keeps, and not by ours of the same name. By hand: let Run judge by symptoms.All().
func TestTheFilesOfTheRunDecide(t *testing.T) {
	theirs := symptoms.DatabaseRefused()
	theirs.During = theirs.During[:2]
	set := runbook.Embedded()
	set.Scenarios = []scenarios.Scenario{theirs}
	list, err := file.WriteScenarios(set.Scenarios, file.Notes{})
	if err != nil {
		t.Fatal(err)
	}
	claims, err := file.WriteClaims(set.Content, file.Notes{})
	if err != nil {
		t.Fatal(err)
	}
	files := func(p *record.Provenance) {
		p.Claims, p.Scenarios = []record.Document{{Name: "c.yaml", Text: string(claims)}}, []record.Document{{Name: "s.yaml", Text: string(list)}}
	}
	b := opened(t, verified(t, sim.Honest, files, theirs))
	now, carried := Run(b)
	if len(carried) > 0 || now.Exit != judge.ExitPassed && now.Exit != judge.ExitUndecided || len(Differences(b.Result(), now)) > 0 {
		t.Errorf("exit %d, carried %q, %q", now.Exit, carried, Differences(b.Result(), now))
	}
	if _, carried := Run(opened(t, verified(t, sim.Honest, ours, theirs))); len(carried) == 0 {
		t.Error("without its files it was judged by a scenario of ours that expects more")
	}
	broken := func(p *record.Provenance) { p.Claims = []record.Document{{Name: "c.yaml", Text: "nothing"}} }
	b = opened(t, verified(t, sim.Honest, broken, theirs))
	if now, carried := Run(b); len(carried) != 1 || !strings.Contains(carried[0], "cannot be read") || len(now.Results) != 1 {
		t.Errorf("%d results, carried %q", len(now.Results), carried)
	}
}

// TestANewRuleIsAppliedToAnOldRecording: the run was made by a version that did not
// mind an internal error beside what it waited for. By hand: let Run return the
// result of then.
func TestANewRuleIsAppliedToAnOldRecording(t *testing.T) {
	dir := verified(t, sim.Honest, ours, symptoms.DatabaseRefused())
	events := filepath.Join(dir, "scenarios", "database-refused", bundle.EventsFile)
	text, err := os.ReadFile(events)
	if err != nil {
		t.Fatal(err)
	}
	old := bytes.Replace(text, []byte(`"status":503`), []byte(`"status":500`), 1)
	if bytes.Equal(old, text) {
		t.Fatal("the service was never asked under the fault")
	}
	if err := os.WriteFile(events, old, 0o600); err != nil {
		t.Fatal(err)
	}
	b := opened(t, dir)
	if then := b.Result(); then.Exit != judge.ExitPassed || then.Results[0].Verdict != judge.Passed {
		t.Fatalf("recorded: exit %d, %s", then.Exit, then.Results[0].Reason)
	}
	now, _ := Run(b)
	r := now.Results[0]
	if now.Exit != judge.ExitFailed || r.Verdict != judge.Failed || r.DecidedBy == nil || r.DecidedBy.Expectation != judge.InvariantNoInternalError.ID() {
		t.Errorf("exit %d, %s: %s", now.Exit, r.Verdict, r.Reason)
	}
	if lines := Differences(b.Result(), now); len(lines) == 0 || !strings.HasPrefix(lines[0], "database-refused: Failed, recorded as Passed: ") {
		t.Errorf("it says %q", lines)
	}
}

// TestWhatCannotBeJudgedAgainIsAsRecordedAndSaid: by hand, with Unjudgeable always
// empty the first three are judged.
func TestWhatCannotBeJudgedAgainIsAsRecordedAndSaid(t *testing.T) {
	original := verified(t, sim.Honest, ours, symptoms.DatabaseRefused())
	playing := filepath.Join("scenarios", "database-refused")
	edit := func(name, from, to string) func(dir string) error {
		return func(dir string) error {
			text, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(dir, name), bytes.ReplaceAll(text, []byte(from), []byte(to)), 0o600)
		}
	}
	definition := filepath.Join(playing, "scenario.json")
	for name, c := range map[string]struct {
		change func(dir string) error
		want   string
	}{
		"an expectation that is gone":         {edit(definition, "GET /health/live answers(200)", "GET /health/live answers(204)"), "an expectation is no longer known: always: GET /health/live answers 200"},
		"one that is waited for longer now":   {edit(definition, `"deadline": 15,`, `"deadline": 1,`), "an expectation was not observed for as long as it is now"},
		"another fault":                       {edit(definition, "postgres refuses", "redis refuses"), "its faults were"},
		"a recording that is cut":             {edit(filepath.Join(playing, bundle.EventsFile), `"kind":"phase","phase":"end"`, `"kind":"truncated","text":"3 events are not here"`), "3 events are not here"},
		"a recording that is gone":            {func(dir string) error { return os.RemoveAll(filepath.Join(dir, playing)) }, "there is no recording of database-refused"},
		"a recording that nobody understands": {edit(filepath.Join(playing, bundle.EventsFile), `{"format":3}`, `{"format":99}`), "scenarios/database-refused/events.jsonl has format 99"},
	} {
		dir := filepath.Join(t.TempDir(), "run")
		if err := os.CopyFS(dir, os.DirFS(original)); err != nil {
			t.Fatal(err)
		}
		if err := c.change(dir); err != nil {
			t.Fatal(err)
		}
		b := opened(t, dir)
		now, carried := Run(b)
		if !strings.Contains(strings.Join(carried, "\n"), "database-refused: as recorded: "+c.want) {
			t.Errorf("%s: said %q", name, carried)
		}
		if then := b.Result().Results[0]; now.Results[0].Verdict != then.Verdict || now.Exit != b.Result().Exit {
			t.Errorf("%s: %s, recorded as %s", name, now.Results[0].Verdict, then.Verdict)
		}
	}
}
