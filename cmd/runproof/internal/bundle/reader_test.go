package bundle

import (
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

// twoPlayings is a bundle with two playings, of which the first has events.
func twoPlayings(t *testing.T, events ...record.Event) string {
	t.Helper()
	b, err := Create(t.TempDir(), "run")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []record.Playing{{Scenario: "s"}, {Scenario: "s", Arm: 2, Attempt: 1}} {
		sink, done, err := b.Sink(scenarios.Scenario{}, p, scenarios.Verify)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			sink.Keep(e)
		}
		events = nil
		if err := done(); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Write(ledger.RunResult{ID: "run", Began: time.Unix(1, 0).UTC()}); err != nil {
		t.Fatal(err)
	}
	return b.Dir()
}

func TestWhatWasWrittenIsReadAgain(t *testing.T) {
	want := []record.Event{
		{At: time.Unix(1, 5).UTC(), Kind: record.EventPhase, Phase: scenarios.PhaseSteady},
		{At: time.Unix(2, 0).UTC(), Kind: record.EventObservation, Observation: &scenarios.Observation{At: time.Unix(2, 0).UTC(), Status: 200, Body: strings.Repeat("x", 1<<20)}},
	}
	dir := twoPlayings(t, want...)
	for _, path := range []string{dir, filepath.Join(dir, "result.json")} {
		r, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		if id := r.Result().ID; id != "run" {
			t.Errorf("the result is of %q", id)
		}
		if got := r.Playings(); !reflect.DeepEqual(got, []record.Playing{{Scenario: "s"}, {Scenario: "s", Arm: 2, Attempt: 1}}) {
			t.Errorf("playings: %+v", got)
		}
		var got []record.Event
		for e, err := range r.Events(record.Playing{Scenario: "s"}) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, e)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("events: %+v", got)
		}
	}
}

func TestALogIsReadAndMayBeMissing(t *testing.T) {
	dir := twoPlayings(t)
	if err := os.WriteFile(filepath.Join(dir, "scenarios", "s", ServiceLog), []byte("a line\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for p, want := range map[record.Playing]string{{Scenario: "s"}: "a line\n", {Scenario: "s", Arm: 2, Attempt: 1}: ""} {
		log, err := r.Log(p)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(log)
		if err != nil || string(text) != want {
			t.Errorf("%v: %q, %v", p, text, err)
		}
		_ = log.Close()
	}
}

// TestWhatCannotBeReadIsOneClearLine: by hand, with Readable nil for every number
// "another format" and "an old one" are opened.
func TestWhatCannotBeReadIsOneClearLine(t *testing.T) {
	put := func(name, text string) func(dir string) error {
		return func(dir string) error { return os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600) }
	}
	events := func(dir string) error {
		r, err := Open(dir)
		if err != nil {
			return err
		}
		for _, err := range r.Events(record.Playing{Scenario: "s"}) {
			if err != nil {
				return err
			}
		}
		return nil
	}
	for name, c := range map[string]struct {
		spoil func(dir string) error
		want  string
	}{
		"nothing there":   {os.RemoveAll, "no such file"},
		"no bundle":       {func(dir string) error { return os.Remove(filepath.Join(dir, "result.json")) }, "no result.json: not a bundle"},
		"another format":  {put("result.json", `{"format":99,"id":"run"}`), "result.json has format 99, this version of runproof reads 1"},
		"an old one":      {put("result.json", `{"id":"run"}`), "result.json has no format number"},
		"no result":       {put("result.json", `[]`), "result.json: "},
		"other events":    {put("scenarios/s/events.jsonl", `{"format":99}`), "events.jsonl has format 99"},
		"half an event":   {put("scenarios/s/events.jsonl", "{\"format\":1}\n{\"kind\":\"pha"), "events.jsonl: line 2"},
		"other scenarios": {put("scenarios/s/scenario.json", `{"format":99}`), "scenario.json has format 99"},
		"of another":      {put("scenarios/s/scenario.json", `{"format":1,"playing":{"scenario":"../s"}}`), "of another playing"},
	} {
		dir := twoPlayings(t)
		if err := c.spoil(dir); err != nil {
			t.Fatal(err)
		}
		err := events(dir)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
