package bench_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/runproof/runproof/fixtures/stack"
)

// singleScenario is a short one with a fault, commands, a remedy and a load.
const singleScenario = "database-refused"

// more are scenarios of its kind: nothing in them waits for long.
var more = []string{"database-reset", "database-truncated", "venue-flapping", "identity-down"}

// measureSingle runs one scenario from an edit to its verdict.
func measureSingle(t *testing.T, b *bench) {
	built := rebuild(t)
	r := verify(t, "--stack", stack.KindProcesses, singleScenario)
	b.single = &r
	if len(r.result.Results) != 1 {
		t.Fatalf("%d results of one scenario", len(r.result.Results))
	}
	playing := r.result.Results[0].Took
	around := r.took - playing
	b.durations("one scenario: command to verdict without the playing / the playing", around, "", playing, "of "+singleScenario+" "+outcome(r))
	b.durations("one scenario after an edit: build and the same / the playing", built+around, "of which "+short(built)+" build", playing, "")
}

// measureOneMore takes a run of one scenario from a run of five, all side by side.
func measureOneMore(t *testing.T, b *bench) {
	if b.single == nil {
		b.missing("one more scenario", "there is no run of one scenario to compare it with")
		return
	}
	all := append([]string{singleScenario}, more...)
	r := verify(t, append([]string{"--stack", stack.KindProcesses, "--jobs", strconv.Itoa(len(all))}, all...)...)
	n := time.Duration(len(more))
	added := fmt.Sprintf("each of %d more", n)
	b.durations("one more scenario: CPU time / of a run of one", (r.cpu-b.single.cpu)/n, added, b.single.cpu, "")
	b.durations("one more scenario: elapsed / of a run of one", (r.took-b.single.took)/n, added+", side by side", b.single.took, "")
}
