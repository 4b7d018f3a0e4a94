package bundle

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

func TestEventsAreOnDiskBeforeTheScenarioEnds(t *testing.T) {
	b, err := Create(t.TempDir(), "run")
	if err != nil {
		t.Fatal(err)
	}
	sink, done, err := b.Sink(scenarios.Scenario{}, record.Playing{Scenario: "s"}, scenarios.Verify)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		sink.Keep(record.Event{At: time.Unix(int64(i), 0), Kind: record.EventProof})
		file, err := os.Open(filepath.Join(b.Dir(), "scenarios", "s", "events.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for lines := bufio.NewScanner(file); lines.Scan(); n++ {
			var e record.Event
			if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
				t.Error(err)
			}
		}
		_ = file.Close()
		if n != i+2 { // the first line has the format
			t.Errorf("%d lines on disk after %d events were recorded", n, i+1)
		}
	}
	if err := done(); err != nil {
		t.Error(err)
	}
}

func TestEventsThatCannotBeKeptAreReported(t *testing.T) {
	b, err := Create(t.TempDir(), "run")
	if err != nil {
		t.Fatal(err)
	}
	recorder, done, err := b.Sink(scenarios.Scenario{}, record.Playing{Scenario: "s"}, scenarios.Verify)
	if err != nil {
		t.Fatal(err)
	}
	_ = recorder.(*sink).file.Close() // as a full disk would, from here on
	recorder.Keep(record.Event{Kind: record.EventProof})
	if done() == nil {
		t.Error("nobody says that the events were not kept")
	}
}

func TestWriteLeavesEveryReport(t *testing.T) {
	b, err := Create(t.TempDir(), "run")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Write(ledger.RunResult{ID: "run"}); err != nil {
		t.Fatal(err)
	}
	for _, format := range reports.All() {
		if info, err := os.Stat(filepath.Join(b.Dir(), format.Name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", format.Name, err)
		}
	}
}

// Red while files had no bound. By hand: let Record write whatever comes.
func TestAFileOfEventsIsBoundedAndSaysWhatItLacks(t *testing.T) {
	b, err := Create(t.TempDir(), "run")
	if err != nil {
		t.Fatal(err)
	}
	recorder, done, err := b.Sink(scenarios.Scenario{}, record.Playing{Scenario: "s"}, scenarios.Verify)
	if err != nil {
		t.Fatal(err)
	}
	recorder.(*sink).limit = 10_000
	const all = 1000
	for range all {
		recorder.Keep(record.Event{Kind: record.EventProof, Text: "a flood of events"})
	}
	if err := done(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(b.Dir(), "scenarios", "s", "events.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	var last record.Event
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil {
		t.Fatal(err)
	}
	lost := fmt.Sprintf("%d events are not here", all-(len(lines)-2))
	if len(text) > 10_500 || last.Kind != record.EventTruncated || !strings.Contains(last.Text, lost) {
		t.Errorf("%d bytes, the last line is %+v, want %q", len(text), last, lost)
	}
	if cut := b.Truncated(); len(cut) != 1 || !strings.Contains(cut[0], lost) {
		t.Errorf("the report is told %q", cut)
	}
}
