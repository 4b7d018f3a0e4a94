package bench_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/runproof/runproof/fixtures/containers"
	"github.com/runproof/runproof/fixtures/stack"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// jobsVariable lists the --jobs of the full runs on each stack, instead of those
// for which there is time.
const jobsVariable = "BENCH_JOBS"

// measureFullRun holds full runs against the waits that the runbook itself asks for.
func measureFullRun(t *testing.T, b *bench) {
	switch {
	case b.short:
		b.missing("full run / minimum duration", "only in the long form")
		return
	case b.single == nil:
		b.missing("full run / minimum duration", "there is no run of one scenario to compare it with")
		return
	}
	for _, of := range []struct{ kind, jobs string }{{stack.KindProcesses, "16 4"}, {stack.KindContainers, "16"}} {
		if of.kind == stack.KindContainers {
			if err := containers.Available(t.Context()); err != nil {
				b.missing("full run / minimum duration, containers", err.Error())
				continue
			}
		}
		for i, jobs := range strings.Fields(cmp.Or(os.Getenv(jobsVariable), of.jobs)) {
			r := verify(t, "--stack", of.kind, "--jobs", jobs)
			if i == 0 && of.kind == stack.KindProcesses && os.Getenv(updateVariable) == "yes" {
				writeDurations(t, r.result)
			}
			what := fmt.Sprintf("full run, %s, `--jobs %s`", of.kind, jobs)
			b.durations(what+": elapsed / minimum duration", r.took, outcome(r), r.result.MinimumDuration, "of the runbook's own waits")
			b.durations(what+": CPU time / elapsed", r.cpu, "of its processes, "+short(r.busy)+" of the whole machine", r.took, "")
			b.add(what+": peak memory / of one scenario", divide(r.memory, b.single.memory), megabytes(r.memory), megabytes(b.single.memory))
		}
	}
}

// outcome says what came out of a run: a duration of one that did not pass is of
// something else.
func outcome(r run) string {
	retried := 0
	for _, result := range r.result.Results {
		if result.Discarded != nil {
			retried++
		}
	}
	return fmt.Sprintf("(scenarios: %d, retried: %d, exit %d)", len(r.result.Results), retried, r.result.Exit)
}

// writeDurations keeps how long each scenario took, for the order of play.
func writeDurations(t *testing.T, r ledger.RunResult) {
	t.Helper()
	seconds := map[string]float64{}
	for _, result := range r.Results {
		if result.Verdict == judge.Passed && result.Discarded == nil {
			seconds[result.Scenario] = result.Took.Round(100 * time.Millisecond).Seconds()
		}
	}
	text, err := json.MarshalIndent(seconds, "", "  ")
	must(t, err)
	must(t, os.WriteFile(filepath.Join("..", "..", "scenarios", "symptoms", symptoms.DurationsFile), append(text, '\n'), 0o644))
}
