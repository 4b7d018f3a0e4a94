package bench_test

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/runproof/runproof/reports"
	"github.com/runproof/runproof/scenarios"
	"github.com/runproof/runproof/scenarios/judge"
	"github.com/runproof/runproof/scenarios/ledger"
	"github.com/runproof/runproof/scenarios/play"
	"github.com/runproof/runproof/scenarios/record"
	"github.com/runproof/runproof/scenarios/sim"
	"github.com/runproof/runproof/scenarios/symptoms"
)

// memoryOfLargest is what the largest size of anything needs at its peak, in bytes.
const memoryOfLargest = int64(6 << 30)

// measureGrowth judges and reports ten times as many scenarios each time, each
// with claims of its own. What grows with their number has a ratio near ten.
func measureGrowth(t *testing.T, b *bench) {
	s, events := recorded(t)
	b.grow(t, "scenarios judged, weighed and reported", either(b, []int{50, 500, 5000}, []int{50, 500}), func(n int) {
		var results []judge.Result
		var entries []ledger.Entry
		for i := range n {
			own := renamed(s, i)
			results = append(results, judge.Judge(own, scenarios.Verify, false, events))
			for _, e := range own.During {
				for _, id := range e.Spec().Claims {
					entries = append(entries, ledger.Entry{Claim: ledger.Claim{ID: id, Section: own.Section, Text: "it holds"}})
				}
			}
		}
		run := reports.Run{Result: ledger.RunResult{ID: "growth", Results: results, Ledger: ledger.New(entries, results, nil)}}
		for _, format := range reports.All() {
			if _, err := format.Render(run); err != nil {
				t.Errorf("%s: %v", format.Name, err)
			}
		}
	})
}

// grow measures something at growing sizes, and holds each size against the one
// before. CPU time, unlike elapsed time, does not depend on what else is done here.
func (b *bench) grow(t *testing.T, what string, sizes []int, do func(n int)) {
	t.Helper()
	if largest := len(sizes) - 1; meminfo("MemAvailable") < memoryOfLargest {
		b.missing(fmt.Sprintf("%d %s / %d", sizes[largest], what, sizes[largest-1]), "needs "+megabytes(memoryOfLargest)+" of available memory")
		sizes = sizes[:largest]
	}
	var last time.Duration
	var lastBytes uint64
	for i, n := range sizes {
		runtime.GC() // what is left of the size before
		spent, before := ownTime(), allocated()
		do(n)
		took, bytes := ownTime()-spent, allocated()-before
		if i > 0 {
			name := fmt.Sprintf("%d %s / %d: ", n, what, sizes[i-1])
			b.durations(name+"CPU time", took, "", last, "")
			b.add(name+"memory allocated", divide(bytes, lastBytes), megabytes(bytes), megabytes(lastBytes))
		}
		last, lastBytes = took, bytes
	}
}

// allocated is what this process has allocated so far, in bytes.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// recorded is a scenario and the events of playing it in the model.
func recorded(t *testing.T) (s scenarios.Scenario, events []record.Event) {
	t.Helper()
	s = symptoms.SlowQueries()
	synctest.Test(t, func(t *testing.T) {
		var recording record.Recording
		play.Play(t.Context(), s, sim.New(sim.Honest), scenarios.Verify, &recording)
		events = recording.Events()
	})
	if r := judge.Judge(s, scenarios.Verify, false, events); r.Verdict != judge.Passed {
		t.Fatalf("%s: %s", r.Verdict, r.Reason)
	}
	return s, events
}

// renamed is the scenario under another name, with claims of its own under the fault.
func renamed(s scenarios.Scenario, number int) scenarios.Scenario {
	s.ID = fmt.Sprintf("%s-%d", s.ID, number)
	s.During = slices.Clone(s.During)
	for i, e := range s.During {
		own := e.Spec()
		own.Claims = slices.Clone(own.Claims)
		for k := range own.Claims {
			own.Claims[k] += fmt.Sprint("-", number)
		}
		s.During[i] = own
	}
	return s
}
