// Package bench measures the harness and the reference service on one machine.
// Every figure is a ratio of two things that were measured in the same run, so
// that it can be compared with the figure of another machine.
//
//	make bench                      all of it, in less than ten minutes
//	make bench SHORT=1              a part, in about one
//	make bench RUNPROOF_UPDATE=yes  write BENCHMARKS.md
//
// No figure fails the test, however bad it is. What cannot be measured here is a
// row with the reason.
package bench_test

import (
	"os"
	"testing"
)

const (
	// variable says which form is measured: long or short. Without it there is none.
	variable = "RUNPROOF_BENCH"
	// updateVariable writes the table of the long form down.
	updateVariable = "RUNPROOF_UPDATE"
)

// bench is what the measurements share.
type bench struct {
	table
	short bool
	// single is the run of one scenario, which several figures are compared with.
	single *run
}

// measurement makes one or more rows of the table.
type measurement struct {
	name string
	make func(*testing.T, *bench)
}

// measurements are in the order of the table.
var measurements = []measurement{
	{"one scenario", measureSingle},
	{"full run", measureFullRun},
	{"one more scenario", measureOneMore},
	{"lane", measureLanes},
	{"proxy", measureProxy},
	{"fault", measureFault},
	{"precision", measurePrecision},
	{"lateness", measureLateness},
	{"service", measureService},
	{"growth", measureGrowth},
	{"events", measureEvents},
	{"report", measureReport},
	{"elsewhere", citeOthers},
}

func TestBench(t *testing.T) {
	form := os.Getenv(variable)
	if form != "long" && form != "short" {
		t.Skipf("%s is neither long nor short: nothing is measured", variable)
	}
	b := &bench{short: form == "short"}
	for _, m := range measurements {
		t.Run(m.name, func(t *testing.T) {
			defer func() {
				if t.Failed() {
					b.missing(m.name, "failed: see the output of the test")
				}
			}()
			m.make(t, b)
		})
	}
	text := b.markdown()
	if _, err := os.Stdout.WriteString("\n" + text + "\n"); err != nil {
		t.Error(err)
	}
	if os.Getenv(updateVariable) == "yes" && !b.short && !t.Failed() {
		if err := os.WriteFile("BENCHMARKS.md", []byte(text), 0o644); err != nil {
			t.Error(err)
		}
	}
}

// either is the value of the form that is measured.
func either[T any](b *bench, long, short T) T {
	if b.short {
		return short
	}
	return long
}
