package bench_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/runproof/runproof/fixtures/child"
	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/record"
)

const (
	// eventsEach is how many events each scenario of a reported run has.
	eventsEach = 2000
	// What a report of a million events may take.
	mostTime   = 10 * time.Second
	mostMemory = int64(300 << 20)
	mostPage   = int64(5_000_000)
)

// measureReport makes all reports of a run again from its bundle: of a million events,
// and of a tenth of that.
func measureReport(t *testing.T, b *bench) {
	small := reported(t, 50)
	if b.short {
		b.durations("100,000 events reported / 1,000,000", small.took, "", mostTime, "allowed for ten times as many")
		return
	}
	large := reported(t, 500)
	b.durations("1,000,000 events of 500 scenarios reported / 100,000 of 50", large.took, "", small.took, "")
	b.add("1,000,000 events reported: memory at the peak / allowed", divide(large.memory, mostMemory), megabytes(large.memory), megabytes(mostMemory))
	b.add("1,000,000 events reported: report.html / allowed", divide(large.page, mostPage), megabytes(large.page), megabytes(mostPage))
	b.durations("1,000,000 events reported: time / allowed", large.took, "", mostTime, "")
}

type report struct {
	took         time.Duration
	memory, page int64 // bytes
}

// reported runs "runproof report" on a bundle of n scenarios.
func reported(t *testing.T, n int) report {
	t.Helper()
	binary := os.Getenv("RUNPROOF_BINARY")
	if binary == "" {
		t.Fatal("RUNPROOF_BINARY is not set: make bench does")
	}
	dir, out := t.TempDir(), t.TempDir()
	bundled(t, dir, n)
	cmd := child.CommandContext(t.Context(), binary, "report", dir, "--as-recorded", "--out", out)
	cmd.Env = child.Environment("HOME", "TMPDIR")
	began := time.Now()
	text, err := cmd.CombinedOutput()
	took := time.Since(began)
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	page, err := os.Stat(filepath.Join(out, "report.html"))
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	const kilobyte = 1024 // of Linux's ru_maxrss
	return report{took, cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss * kilobyte, page.Size()}
}

// bundled writes a bundle of n scenarios with eventsEach events each.
func bundled(t *testing.T, dir string, n int) {
	t.Helper()
	s, events := recorded(t)
	events = lengthened(events, eventsEach)
	r := ledger.RunResult{ID: "report", Began: time.Now()}
	for i := range n {
		own := renamed(s, i)
		r.Results = append(r.Results, judge.Judge(own, scenarios.Verify, false, events))
		of := filepath.Join(dir, "scenarios", own.ID)
		must(t, os.MkdirAll(of, 0o755))
		must(t, writeEvents(filepath.Join(of, "events"), events))
		text, err := os.ReadFile(filepath.Join(of, "events"))
		must(t, err)
		must(t, os.WriteFile(filepath.Join(of, "events.jsonl"), append(fmt.Appendf(nil, "{\"format\":%d}\n", record.Format), text...), 0o644))
		must(t, os.Remove(filepath.Join(of, "events")))
		definition, err := json.Marshal(map[string]any{"format": record.Format, "playing": record.Playing{Scenario: own.ID}, "mode": scenarios.Verify})
		must(t, err)
		must(t, os.WriteFile(filepath.Join(of, "scenario.json"), definition, 0o644))
	}
	text, err := reports.JSON(r)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, reports.ResultFile), text, 0o644))
}
