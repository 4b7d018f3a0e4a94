package bundle

import (
	"archive/tar"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

// twoPlayings is a bundle with two playings, of which the first has events.
func twoPlayings(t *testing.T, events ...record.Event) string {
	t.Helper()
	b, err := Create(t.TempDir(), "run", nil)
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
	packed, err := (&Bundle{dir: dir}).Pack()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", t.TempDir())
	for _, path := range []string{dir, filepath.Join(dir, "result.json"), packed} {
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
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
	if left, _ := os.ReadDir(os.TempDir()); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestAPackedBundleStaysInItsDirectory: a name that leads out of it, a link, and what
// is no archive. By hand: with the directory joined to the name, the first is
// written beside it.
func TestAPackedBundleStaysInItsDirectory(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for name, h := range map[string]*tar.Header{
		"outside": {Name: "../outside", Mode: 0o600, Size: 1},
		"a link":  {Name: "result.json", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"},
		"a bomb":  {Name: "result.json", Mode: 0o600, Size: unpackedLimit + 1},
	} {
		path := filepath.Join(t.TempDir(), "run.tar.zst")
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		compressed, err := zstd.NewWriter(file)
		if err != nil {
			t.Fatal(err)
		}
		archive := tar.NewWriter(compressed)
		if err := archive.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		_, _ = archive.Write([]byte("x")) // what is missing of it is not looked for
		_ = archive.Flush()
		_, _ = compressed.Close(), file.Close()
		if _, err := Open(path); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(filepath.Join(os.TempDir(), "outside")); err == nil {
			t.Errorf("%s: it was written outside", name)
		}
	}
	if left, _ := os.ReadDir(os.TempDir()); len(left) > 0 {
		t.Errorf("left behind: %v", left)
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
		damage func(dir string) error
		want   string
	}{
		"nothing there":   {os.RemoveAll, "no such file"},
		"no bundle":       {func(dir string) error { return os.Remove(filepath.Join(dir, "result.json")) }, "no result.json: not a bundle"},
		"another format":  {put("result.json", `{"format":99,"id":"run"}`), "result.json has format 99, this version of runproof reads 3"},
		"nanoseconds":     {put("result.json", `{"format":1,"id":"run"}`), "result.json has format 1, this version of runproof reads 3: use the one that wrote it"},
		"conclusions":     {put("scenarios/s/events.jsonl", "{\"format\":2}\n"), "events.jsonl has format 2, this version of runproof reads 3: use the one that wrote it"},
		"an old one":      {put("result.json", `{"id":"run"}`), "result.json has no format number"},
		"no result":       {put("result.json", `[]`), "result.json: "},
		"other events":    {put("scenarios/s/events.jsonl", `{"format":99}`), "events.jsonl has format 99"},
		"half an event":   {put("scenarios/s/events.jsonl", "{\"format\":3}\n{\"kind\":\"pha"), "events.jsonl: line 2"},
		"other scenarios": {put("scenarios/s/scenario.json", `{"format":99}`), "scenario.json has format 99"},
		"of another":      {put("scenarios/s/scenario.json", `{"format":3,"playing":{"scenario":"../s"}}`), "of another playing"},
	} {
		dir := twoPlayings(t)
		if err := c.damage(dir); err != nil {
			t.Fatal(err)
		}
		err := events(dir)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
